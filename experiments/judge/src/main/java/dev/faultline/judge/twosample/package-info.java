/**
 * Whether two samples differ, by how much, and how sure that is; imports nothing of this room but
 * latencies.
 */
@NullMarked
package dev.faultline.judge.twosample;

import org.jspecify.annotations.NullMarked;
