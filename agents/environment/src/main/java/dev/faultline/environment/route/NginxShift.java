package dev.faultline.environment.route;

import dev.faultline.model.route.Match;
import java.util.Locale;
import java.util.Optional;

/**
 * What Nginx is to do, or does: a part of the requests goes to the canary, and those that match in
 * any case.
 *
 * @param parts of the requests, from 0 to {@value #WHOLE}
 * @param match which requests go to the canary in any case
 */
public record NginxShift(int parts, Optional<Match> match) {

  /** What a share is counted in: hundredths of a percent. */
  public static final int WHOLE = Parts.WHOLE;

  /** Nothing goes to the canary. */
  public static final NginxShift NOTHING = new NginxShift(0, Optional.empty());

  /** Refuses what is no part. */
  public NginxShift {
    if (parts < 0 || parts > WHOLE) {
      throw new IllegalArgumentException("no part of %d: %d".formatted(WHOLE, parts));
    }
  }

  /**
   * The nearest to a share. A canary that is to have something has at least one part, and one that
   * is not to have all leaves one.
   *
   * @param share from 0 to 1
   */
  public static NginxShift of(double share, Optional<Match> match) {
    return new NginxShift(Parts.of(share), match);
  }

  /** The canary's part of what does not match, from 0 to 1. */
  public double share() {
    return (double) parts / WHOLE;
  }

  /** Whether both versions get a part of what does not match. */
  boolean splits() {
    return parts > 0 && parts < WHOLE;
  }

  /** Parts as Nginx writes percents: {@code 2.50%}. */
  static String percent(int parts) {
    return String.format(Locale.ROOT, "%d.%02d%%", parts / 100, parts % 100);
  }
}
