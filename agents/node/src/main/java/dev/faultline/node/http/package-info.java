/**
 * A relay for HTTP in front of one server, which breaks chosen exchanges. Uses the packages below
 * it: {@code text} and {@code frame} read HTTP/1 and HTTP/2, {@code hpack} the headers of HTTP/2,
 * {@code json} the bodies that are patched.
 */
@NullMarked
package dev.faultline.node.http;

import org.jspecify.annotations.NullMarked;
