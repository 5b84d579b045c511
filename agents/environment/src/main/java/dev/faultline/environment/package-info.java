/** The hands: actions and queries in labs and on processes, over HTTP. */
@NullMarked
package dev.faultline.environment;

import org.jspecify.annotations.NullMarked;
