package dev.faultline.model.world;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.route.Match;
import java.util.Optional;

/**
 * How a router splits traffic, by its own account.
 *
 * @param share the canary's part of new requests, from 0 to 1
 * @param match which requests go to the canary in any case
 * @param mirror of which part of the requests a copy goes to the canary, above 0 and at most 1
 * @param stableServes whether a request to the stable version would be answered
 * @param canaryServes whether a request to the canary would be answered
 */
public record RouteReading(
    double share,
    Optional<Match> match,
    Optional<Double> mirror,
    boolean stableServes,
    boolean canaryServes) {

  /** One that splits by a share alone. */
  public RouteReading(double share, boolean stableServes, boolean canaryServes) {
    this(share, Optional.empty(), stableServes, canaryServes);
  }

  /** One that mirrors nothing. */
  public RouteReading(
      double share, Optional<Match> match, boolean stableServes, boolean canaryServes) {
    this(share, match, Optional.empty(), stableServes, canaryServes);
  }

  /** Refuses a share that is none. */
  public RouteReading {
    if (!(share >= 0 && share <= 1)) {
      throw new InvalidValue("a share is from 0 to 1, not " + share);
    }
  }

  /** The reading in words. */
  public String words() {
    return "%s to the canary%s%s%s%s"
        .formatted(
            percent(share),
            match.map(one -> ", and " + one.words()).orElse(""),
            Spelled.copies(mirror),
            stableServes ? "" : ", stable does not serve",
            canaryServes ? "" : ", the canary does not serve");
  }

  /** A share as a percentage: {@code 19.92%}. */
  public static String percent(double share) {
    return Spelled.share(share);
  }
}
