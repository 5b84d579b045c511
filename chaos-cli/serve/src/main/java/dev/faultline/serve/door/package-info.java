/** Who may come in: addresses, tokens, keys, and what is asked of each request. */
@NullMarked
package dev.faultline.serve.door;

import org.jspecify.annotations.NullMarked;
