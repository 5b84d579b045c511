/** Relays under the words of the language. */
@NullMarked
package dev.faultline.environment.link;

import org.jspecify.annotations.NullMarked;
