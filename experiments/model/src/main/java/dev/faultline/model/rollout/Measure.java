package dev.faultline.model.rollout;

import dev.faultline.model.world.Query;
import java.util.List;

/**
 * What is counted of each version: requests, and the bad ones among them. The permitted records are
 * the words of the language.
 */
public sealed interface Measure permits Errors, Latency {

  /** What stands in a query for the name of a version. */
  String VERSION = "${version}";

  /**
   * The questions for both counters of one version: all requests, then those that {@link #bad} is
   * made of. Their answers are series of counters, which only grow, or start again from 0.
   */
  List<Query> queries(String version);

  /**
   * The bad requests among those of a span of time.
   *
   * @param total all requests
   * @param second what the second counter gained
   */
  double bad(double total, double second);

  /** Whether the second counter comes to be only with its first event. */
  boolean secondMayBeAbsent();

  /** What is bad, in words. */
  String words();

  /** Says that a query names no version. */
  static boolean namesVersion(String query) {
    return query.contains(VERSION);
  }
}
