package dev.faultline.node.http;

import dev.faultline.node.http.message.Fields;

/** A body that replaces the server's, and the header fields that go with it. */
@SuppressWarnings("ArrayRecordComponent") // Sent at once, never compared.
record NewBody(Fields fields, byte[] bytes) {}
