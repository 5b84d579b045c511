/** What becomes of an object: pure, from what is seen of it to what is to be done. */
@NullMarked
package dev.faultline.operator.course;

import org.jspecify.annotations.NullMarked;
