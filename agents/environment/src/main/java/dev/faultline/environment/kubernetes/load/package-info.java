/** Load that pods of a cluster make, each a part of it. */
@NullMarked
package dev.faultline.environment.kubernetes.load;

import org.jspecify.annotations.NullMarked;
