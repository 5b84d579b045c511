/** Gates replayed over what a source kept: what they would have done. Pure. */
@NullMarked
package dev.faultline.engine.past;

import org.jspecify.annotations.NullMarked;
