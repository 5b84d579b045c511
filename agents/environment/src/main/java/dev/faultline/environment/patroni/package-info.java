/** Clusters of PostgreSQL under Patroni: their programs, nodes, faults, and what they tell. */
@NullMarked
package dev.faultline.environment.patroni;

import org.jspecify.annotations.NullMarked;
