/** What Faultline knows of a Kubernetes cluster, as values. */
@NullMarked
package dev.faultline.model.cluster;

import org.jspecify.annotations.NullMarked;
