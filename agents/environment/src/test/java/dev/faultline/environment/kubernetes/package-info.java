/** A real Kubernetes for tests. */
@NullMarked
package dev.faultline.environment.kubernetes;

import org.jspecify.annotations.NullMarked;
