/** JSON texts and merge patches of them (RFC 8259, RFC 7396). */
@NullMarked
package dev.faultline.node.http.json;

import org.jspecify.annotations.NullMarked;
