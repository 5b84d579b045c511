/** Questions to Prometheus over its HTTP API; whatever it answers, the result is a typed value. */
@NullMarked
package dev.faultline.environment.prometheus;

import org.jspecify.annotations.NullMarked;
