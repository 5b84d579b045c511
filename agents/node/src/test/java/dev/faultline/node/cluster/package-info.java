/** Tests of the fuse in a cluster. */
@NullMarked
package dev.faultline.node.cluster;

import org.jspecify.annotations.NullMarked;
