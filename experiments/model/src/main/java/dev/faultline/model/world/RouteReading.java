package dev.faultline.model.world;

import dev.faultline.model.codec.InvalidValue;
import java.util.Locale;

/**
 * How a router splits traffic, by its own account.
 *
 * @param share the canary's part of new requests, from 0 to 1
 * @param stableServes whether a request to the stable version would be answered
 * @param canaryServes whether a request to the canary would be answered
 */
public record RouteReading(double share, boolean stableServes, boolean canaryServes) {

  /** Refuses a share that is none. */
  public RouteReading {
    if (!(share >= 0 && share <= 1)) {
      throw new InvalidValue("a share is from 0 to 1, not " + share);
    }
  }

  /** The reading in words. */
  public String words() {
    return "%s to the canary%s%s"
        .formatted(
            percent(share),
            stableServes ? "" : ", stable does not serve",
            canaryServes ? "" : ", the canary does not serve");
  }

  /** A share as a percentage with one decimal at most, or two where it is below 1%. */
  public static String percent(double share) {
    String text = String.format(Locale.ROOT, share < 0.01 ? "%.2f" : "%.1f", share * 100);
    return text.replaceFirst("\\.?0+$", "") + "%";
  }
}
