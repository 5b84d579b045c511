package dev.faultline.model.rollout;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Query;
import java.util.List;

/**
 * Requests that failed, or any other pair of counters. An absent {@code bad} beside a total that
 * counts is none at all.
 *
 * @param bad PromQL for the counters of bad requests, such as {@code
 *     http_requests_total{version="${version}",code=~"5.."}}; without {@code rate}; must be given
 * @param total PromQL for the counters of all requests; must be given
 */
public record Errors(String bad, String total) implements Measure {

  /** Requires both queries, each about one version. */
  public Errors {
    check(bad, "bad");
    check(total, "total");
  }

  static void check(String query, String key) {
    InvalidValue.required(query, key);
    if (!Measure.namesVersion(query)) {
      throw new InvalidValue(
          key,
          "the query is about no version: write %s where the name of stable and canary belongs"
              .formatted(Measure.VERSION));
    }
  }

  @Override
  public List<Query> queries(String version) {
    return List.of(
        new Query.PromInstant(total.replace(VERSION, version)),
        new Query.PromInstant(bad.replace(VERSION, version)));
  }

  @Override
  public double bad(double requests, double second) {
    return second;
  }

  @Override
  public boolean secondMayBeAbsent() {
    return true;
  }

  @Override
  public String words() {
    return "failed";
  }
}
