/** PostgreSQL as labs start it: a server, a pair with its failover controller, and their ways. */
@NullMarked
package dev.faultline.environment.postgres;

import org.jspecify.annotations.NullMarked;
