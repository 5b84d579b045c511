package dev.faultline.load;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the requests met that were due in one second; told once all of them have ended.
 *
 * @param second counted from 0, the first of the load
 * @param at when it began
 * @param asked the rate that was asked for, in requests per second; of the whole load, also where
 *     only a part of it is made here
 * @param intended how many were due
 * @param answered how many were answered
 * @param errors how many were not, by a few words
 * @param histogram latencies in microseconds of all that were sent: a compressed HdrHistogram in
 *     base64
 */
public record LoadSecond(
    long second,
    Instant at,
    double asked,
    long intended,
    long answered,
    Map<String, Long> errors,
    String histogram) {

  /** Keeps the errors unchangeable, in the order of their words. */
  public LoadSecond {
    errors = Collections.unmodifiableMap(new TreeMap<>(errors));
  }
}
