/** Tests of the live view, by values; a terminal of a few lines shows what is painted. */
@NullMarked
package dev.faultline.app.live;

import org.jspecify.annotations.NullMarked;
