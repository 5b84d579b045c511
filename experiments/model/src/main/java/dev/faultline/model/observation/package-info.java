/** What is recorded and explained, and judged by nobody. */
@NullMarked
package dev.faultline.model.observation;

import org.jspecify.annotations.NullMarked;
