package dev.faultline.app;

import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.event.Event;
import dev.faultline.model.world.RouteReading;
import java.util.Locale;

/** What a rollout sees, in words. */
final class RolloutWords {

  private RolloutWords() {}

  /** One comparison of both versions. */
  static String of(Event.Compared compared) {
    String seen =
        compared
            .look()
            .map(look -> "canary %s, stable %s".formatted(bad(look.canary()), bad(look.stable())))
            .or(compared::blind)
            .orElse("nothing seen");
    return "%s: %s; evidence %s that it is worse, %s that it is not"
        .formatted(compared.comparison(), seen, odds(compared.worse()), odds(compared.notWorse()));
  }

  /** Where traffic went. */
  static String of(Event.ShareSeen seen) {
    return "%s asked, %s seen (%s to %s): %s"
        .formatted(
            seen.asked() == 0
                ? "requests that match"
                : RouteReading.percent(seen.asked()) + " of the traffic",
            RouteReading.percent(seen.mean()),
            RouteReading.percent(seen.interval().low()),
            RouteReading.percent(seen.interval().high()),
            seen.obedience().name().toLowerCase(Locale.ROOT));
  }

  private static String bad(Traffic traffic) {
    return "%.0f of %.0f bad".formatted(traffic.bad(), traffic.requests());
  }

  /** An e-value, from its logarithm. */
  private static String odds(double log) {
    return log > 15 ? "over a million" : String.format(Locale.ROOT, "%.3g", Math.exp(log));
  }
}
