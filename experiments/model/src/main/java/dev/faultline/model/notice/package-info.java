/** Who is told of a game day. */
@NullMarked
package dev.faultline.model.notice;

import org.jspecify.annotations.NullMarked;
