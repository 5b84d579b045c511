/** Makes the runs of objects and tells of them. */
@NullMarked
package dev.faultline.operator.run;

import org.jspecify.annotations.NullMarked;
