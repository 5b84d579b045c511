/** The header fields that both versions of HTTP share. */
@NullMarked
package dev.faultline.node.http.message;

import org.jspecify.annotations.NullMarked;
