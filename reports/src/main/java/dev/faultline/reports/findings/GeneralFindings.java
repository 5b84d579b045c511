package dev.faultline.reports.findings;

import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Latencies;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.GateFacts;
import dev.faultline.reports.facts.LoadFacts.InPart;
import dev.faultline.reports.facts.Spelling;
import dev.faultline.reports.findings.Finding.Kind;
import dev.faultline.reports.findings.Finding.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What gates and load show of any fault. Latencies are compared where both parts have a thousand
 * requests, so that ten lie beyond the 99th percentile; a factor of two counts.
 */
final class GeneralFindings {

  private static final long ENOUGH = 1000;
  private static final long FACTOR = 2;
  private static final double PERCENT = 99;

  private GeneralFindings() {}

  static List<Finding> of(Facts facts) {
    List<Finding> found = new ArrayList<>();
    facts.gates().stream()
        .filter(gate -> gate.status() == Status.OUTSIDE)
        .forEach(gate -> found.add(nearMiss(gate)));
    facts
        .load()
        .filter(load -> load.parts().size() == 3)
        .ifPresent(
            load -> {
              slowed(load.parts().get(0), load.parts().get(1)).ifPresent(found::add);
              load.settled()
                  .flatMap(after -> notBack(load.parts().get(0), after))
                  .ifPresent(found::add);
            });
    return found;
  }

  private static Finding nearMiss(GateFacts gate) {
    return new Finding(
        Kind.NEAR_MISS,
        Severity.MINOR,
        "Gate %s left its bound, and came back before that counted as a breach"
            .formatted(gate.name()),
        "worst value %s; must be %s".formatted(gate.worst(), gate.bound()),
        "If so short a breach matters to users, lower 'lasting' of the gate");
  }

  private static Optional<Finding> slowed(InPart before, InPart during) {
    if (during.failures() > 0 || before.failures() > 0) {
      return Optional.empty();
    }
    return slower(before, during)
        .map(
            latencies ->
                new Finding(
                    Kind.SLOWED,
                    Severity.MINOR,
                    "Requests slowed while none failed: p99 went " + latencies,
                    "%s requests before, %s during the fault"
                        .formatted(
                            Spelling.count(before.intended()), Spelling.count(during.intended())),
                    "Gate the latency too if it matters: errors alone do not show this fault"));
  }

  private static Optional<Finding> notBack(InPart before, InPart after) {
    return slower(before, after)
        .map(
            latencies ->
                new Finding(
                    Kind.NOT_BACK,
                    Severity.NOTABLE,
                    "Every gate was inside again, and p99 was not back: it went " + latencies,
                    "%s requests before the fault, %s from the steady state on"
                        .formatted(
                            Spelling.count(before.intended()), Spelling.count(after.intended())),
                    "See what the fault left behind: queues, cold caches, connections; a longer"
                        + " recovery shows whether it ends by itself"));
  }

  private static Optional<String> slower(InPart from, InPart to) {
    Optional<Duration> was = tail(from);
    Optional<Duration> is = tail(to);
    return was.isPresent()
            && is.isPresent()
            && is.get().compareTo(was.get().multipliedBy(FACTOR)) >= 0
        ? Optional.of("from %s to %s".formatted(Spelling.span(was.get()), Spelling.span(is.get())))
        : Optional.empty();
  }

  private static Optional<Duration> tail(InPart part) {
    return part.latencies()
        .filter((Latencies all) -> all.count() >= ENOUGH)
        .map(all -> all.percentile(PERCENT));
  }
}
