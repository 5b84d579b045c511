/** PostgreSQL of labs, started and broken for real. */
@NullMarked
package dev.faultline.environment.postgres;

import org.jspecify.annotations.NullMarked;
