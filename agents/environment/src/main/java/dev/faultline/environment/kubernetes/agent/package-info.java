/** Agents in pods made for a run, which disturb the packets of other pods. */
@NullMarked
package dev.faultline.environment.kubernetes.agent;

import org.jspecify.annotations.NullMarked;
