/** The frames of HTTP/2 (RFC 9113). Knows no faults and no sockets. */
@NullMarked
package dev.faultline.node.http.frame;

import org.jspecify.annotations.NullMarked;
