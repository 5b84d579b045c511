/** A namespace of a Kubernetes cluster, through its API alone. */
@NullMarked
package dev.faultline.environment.kubernetes;

import org.jspecify.annotations.NullMarked;
