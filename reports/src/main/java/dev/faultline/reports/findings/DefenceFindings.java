package dev.faultline.reports.findings;

import dev.faultline.model.observation.Breaker;
import dev.faultline.model.observation.Fallback;
import dev.faultline.model.observation.Retries;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.FaultWindow;
import dev.faultline.reports.facts.LoadFacts.InPart;
import dev.faultline.reports.facts.ObservationFacts;
import dev.faultline.reports.facts.Spelling;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What breakers, retries and fallbacks did while faults were in force, and after. */
final class DefenceFindings {

  private static final long FEW = 10;
  private static final double SHARE = 0.01;

  private DefenceFindings() {}

  /**
   * Where a run was hurt.
   *
   * @param from the first effect was shown
   * @param to the last end was shown; for faults that are over at once, the end of the run
   * @param until the end of the run
   * @param failed failed requests between, with their share, where they are enough to speak of
   */
  record Hurt(Duration from, Duration to, Duration until, Optional<String> failed) {
    boolean during(Duration at) {
      return at.compareTo(from) >= 0 && at.compareTo(to) < 0;
    }
  }

  static List<Finding> of(Facts facts) {
    List<FaultWindow> windows = facts.windows().stream().filter(FaultWindow::proven).toList();
    if (windows.isEmpty()) {
      return List.of();
    }
    Duration from =
        windows.stream().map(FaultWindow::from).min(Comparator.naturalOrder()).orElseThrow();
    Duration to =
        windows.stream().map(FaultWindow::to).max(Comparator.naturalOrder()).orElseThrow();
    Duration until = facts.run().lasted();
    boolean instant = windows.stream().allMatch(FaultWindow::instant);
    Hurt hurt = new Hurt(from, instant ? until : to, until, failed(facts));
    return facts.observations().stream().flatMap(one -> of(one, hurt).stream()).toList();
  }

  private static Optional<Finding> of(ObservationFacts one, Hurt hurt) {
    return switch (one.summary().observed().what()) {
      case Breaker _ -> new BreakerFinding(one, hurt).find();
      case Retries _ -> new RetryFinding(one, hurt).find();
      case Fallback _ -> new FallbackFinding(one, hurt).find();
    };
  }

  private static Optional<String> failed(Facts facts) {
    return facts
        .load()
        .filter(load -> load.parts().size() == 3)
        .map(load -> load.parts().get(1))
        .filter(during -> during.failures() >= FEW)
        .filter(during -> during.failures() >= SHARE * during.intended())
        .map(InPart::failedShare);
  }

  /** In how many of all looks something was seen, in words. */
  static String looks(long number, String what, long all) {
    return "%s in %s of %s".formatted(what, Spelling.count(number), Spelling.counted(all, "look"));
  }
}
