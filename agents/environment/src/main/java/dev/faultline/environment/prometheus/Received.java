package dev.faultline.environment.prometheus;

import java.time.Instant;
import java.util.Optional;
import okio.ByteString;

/**
 * What came back over HTTP.
 *
 * @param status the status code
 * @param date the server's clock, cut to the second, where it told
 * @param location host that a redirect points at
 * @param body the whole body
 * @param sent when, by our clock, the question had not been sent yet
 * @param at when, by our clock, the answer had begun to arrive
 */
record Received(
    int status,
    Optional<Instant> date,
    Optional<String> location,
    ByteString body,
    Instant sent,
    Instant at) {}
