/** The compression of header fields in HTTP/2 (RFC 7541). */
@NullMarked
package dev.faultline.node.http.hpack;

import org.jspecify.annotations.NullMarked;
