/** Agents in pods of a real Kubernetes. */
@NullMarked
package dev.faultline.environment.kubernetes.agent;

import org.jspecify.annotations.NullMarked;
