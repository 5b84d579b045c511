package dev.faultline.benchmarks.judge;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Traffic to be simulated, in looks of 15 seconds.
 *
 * @param rate requests per second of both versions
 * @param share of the canary, from 0 to 1
 * @param base stable's rate of bad requests
 * @param ratio the canary's, in multiples of it
 * @param burst how many bad requests come together
 * @param incident what befalls both versions now and then
 */
record Scene(double rate, double share, double base, double ratio, int burst, Incident incident) {

  static final int SECONDS = 15;

  /** What befalls both versions for a minute in every quarter of an hour. */
  enum Incident {
    /** Nothing does. */
    NONE(0, 0),
    /** A third of all requests fail. */
    SHARED(0.3, 0),
    /** The same, but the canary's counters are read 5 seconds later each time. */
    APART(0.3, 5);

    private static final int EVERY = 900;
    private static final int LASTS = 60;
    private static final int BEGINS = 307;

    private final double share;
    private final int apart;

    Incident(double share, int apart) {
      this.share = share;
      this.apart = apart;
    }

    /** The additional rate of bad requests of the canary, or of stable, in a look. */
    double rate(int look, boolean canary) {
      int from = look * SECONDS % EVERY + (canary ? apart : 0);
      int until = Math.min(from + SECONDS, BEGINS + LASTS);
      return share * Math.max(0, until - Math.max(from, BEGINS)) / SECONDS;
    }
  }

  Scene bursts(int other) {
    return new Scene(rate, share, base, ratio, other, incident);
  }

  Scene with(Incident other) {
    return new Scene(rate, share, base, ratio, burst, other);
  }

  @Override
  public String toString() {
    return "%.0f/s, %.0f %% canary, %s %% bad%s%s%s"
        .formatted(
            rate,
            100 * share,
            BigDecimal.valueOf(100 * base).round(new MathContext(2)).toPlainString(),
            ratio == 1 ? "" : ", × %.0f".formatted(ratio),
            burst == 1 ? "" : ", bursts of %d".formatted(burst),
            switch (incident) {
              case NONE -> "";
              case SHARED -> ", incidents of both";
              case APART -> ", incidents of both, read 5 s apart";
            });
  }
}
