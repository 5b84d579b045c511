/** HTTP/1 as it is written: heads, lengths, chunks (RFC 9112). Knows no faults and no sockets. */
@NullMarked
package dev.faultline.node.http.text;

import org.jspecify.annotations.NullMarked;
