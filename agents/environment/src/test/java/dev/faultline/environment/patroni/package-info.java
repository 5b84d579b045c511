/** Clusters under Patroni, tested on the real thing. */
@NullMarked
package dev.faultline.environment.patroni;

import org.jspecify.annotations.NullMarked;
