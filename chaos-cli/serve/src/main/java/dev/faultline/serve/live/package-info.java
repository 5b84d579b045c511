/** Pages that change while they are open: one follower for all who look, and a stream to each. */
@NullMarked
package dev.faultline.serve.live;

import org.jspecify.annotations.NullMarked;
