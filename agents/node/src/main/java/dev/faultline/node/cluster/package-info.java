/** The fuse in a cluster: changes an object back when its run no longer renews its Lease. */
@NullMarked
package dev.faultline.node.cluster;

import org.jspecify.annotations.NullMarked;
