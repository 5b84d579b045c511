/** The API server: objects, their status, the leader, and who is alive. */
@NullMarked
package dev.faultline.operator.cluster;

import org.jspecify.annotations.NullMarked;
