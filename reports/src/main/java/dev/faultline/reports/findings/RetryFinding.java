package dev.faultline.reports.findings;

import dev.faultline.judge.Quantity;
import dev.faultline.model.observation.Retries;
import dev.faultline.reports.facts.ObservationFacts;
import dev.faultline.reports.facts.ObservationFacts.Look;
import dev.faultline.reports.facts.Spelling;
import dev.faultline.reports.findings.DefenceFindings.Hurt;
import dev.faultline.reports.findings.Finding.Kind;
import dev.faultline.reports.findings.Finding.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A retry storm: while faults were in force, retries made at least half as many calls again as
 * there would have been, on average of all looks.
 */
record RetryFinding(ObservationFacts retries, Hurt hurt) {

  private static final double STORM = 1.5;
  private static final Duration LONG = Duration.ofSeconds(10);

  private record Mean(double calls, double retried) {
    double multiplied() {
      return Retries.multiplied(calls, retried).orElse(Double.POSITIVE_INFINITY);
    }
  }

  Optional<Finding> find() {
    List<Look> during = looks(look -> hurt.during(look.elapsed()));
    List<Look> before = looks(look -> look.elapsed().compareTo(hurt.from()) < 0);
    if (during.isEmpty()) {
      return Optional.empty();
    }
    Mean then = mean(during);
    return then.calls() <= 0 || then.multiplied() < STORM
        ? Optional.empty()
        : Optional.of(storm(then, before));
  }

  private Finding storm(Mean then, List<Look> before) {
    Duration lasted = wentOn();
    return new Finding(
        Kind.RETRY_STORM,
        lasted.compareTo(LONG) >= 0 ? Severity.SEVERE : Severity.NOTABLE,
        "Retry storm: %s multiplied its calls by %s while faults were in force%s"
            .formatted(
                retries.name(),
                factor(then.multiplied()),
                lasted.isZero()
                    ? ""
                    : ", and was still going on %s after the last one ended"
                        .formatted(Spelling.span(lasted))),
        "%s calls, %s of them retries%s"
            .formatted(
                rate(then.calls()),
                rate(then.retried()),
                before.isEmpty() ? "" : "; %s calls before".formatted(rate(mean(before).calls()))),
        "Pause between attempts, longer each time and with jitter; give retries a budget, such as 10% of"
            + " the calls, or a breaker, so that they end where they do not help");
  }

  /** How long after the last fault calls were still multiplied, without a look in between. */
  private Duration wentOn() {
    Duration last = hurt.to();
    for (Look look : looks(look -> look.elapsed().compareTo(hurt.to()) >= 0)) {
      if (new Mean(look.value(0), look.value(1)).multiplied() < STORM || look.value(0) <= 0) {
        break;
      }
      last = look.elapsed();
    }
    return last.minus(hurt.to());
  }

  private List<Look> looks(Predicate<Look> wanted) {
    return retries.seen().stream().filter(wanted).toList();
  }

  private static Mean mean(List<Look> looks) {
    return new Mean(
        looks.stream().mapToDouble(look -> look.value(0)).average().orElse(0),
        looks.stream().mapToDouble(look -> look.value(1)).average().orElse(0));
  }

  private static String rate(double perSecond) {
    return Quantity.parse("1/s").spellLike(Math.rint(perSecond));
  }

  private static String factor(double times) {
    return Double.isInfinite(times)
        ? "more than can be said"
        : String.format(Locale.ROOT, "%.1f", times);
  }
}
