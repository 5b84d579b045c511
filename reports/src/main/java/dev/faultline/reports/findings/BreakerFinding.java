package dev.faultline.reports.findings;

import dev.faultline.model.observation.Breaker.State;
import dev.faultline.reports.facts.ObservationFacts;
import dev.faultline.reports.facts.ObservationFacts.Look;
import dev.faultline.reports.facts.Spelling;
import dev.faultline.reports.findings.DefenceFindings.Hurt;
import dev.faultline.reports.findings.Finding.Kind;
import dev.faultline.reports.findings.Finding.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a circuit breaker did; what it did between two looks is not seen. */
record BreakerFinding(ObservationFacts breaker, Hurt hurt) {

  Optional<Finding> find() {
    List<Look> since =
        breaker.seen().stream().filter(look -> look.elapsed().compareTo(hurt.from()) >= 0).toList();
    Optional<Look> opened =
        since.stream()
            .filter(look -> hurt.during(look.elapsed()))
            .filter(look -> state(look) == State.OPEN)
            .findFirst();
    if (opened.isEmpty()) {
      return since.stream().noneMatch(look -> hurt.during(look.elapsed()))
          ? Optional.empty()
          : hurt.failed().map(this::neverOpened);
    }
    String after = Spelling.span(opened.get().elapsed().minus(hurt.from()));
    Optional<Duration> closed = closed(since);
    return Optional.of(
        closed.map(at -> closed(after, at, since)).orElseGet(() -> open(after, since)));
  }

  /** When the last row of looks that found it closed began; empty where the last did not. */
  private static Optional<Duration> closed(List<Look> since) {
    Optional<Duration> first = Optional.empty();
    for (Look look : since.reversed()) {
      if (state(look) != State.CLOSED) {
        break;
      }
      first = Optional.of(look.elapsed());
    }
    return first;
  }

  private Finding closed(String after, Duration at, List<Look> since) {
    boolean late = at.compareTo(hurt.to()) >= 0;
    return new Finding(
        Kind.BREAKER,
        Severity.MINOR,
        "Breaker %s opened %s after the first effect, %sand closed %s"
            .formatted(
                breaker.name(),
                after,
                count(since, State.HALF_OPEN) > 0 ? "half-opened, " : "",
                late
                    ? Spelling.span(at.minus(hurt.to())) + " after the last fault ended"
                    : "while a fault was still in force, at " + Spelling.at(at)),
        looks(since),
        "To open sooner, let fewer failed calls open it; to close sooner, shorten its pause; both"
            + " cost calls that would have been answered");
  }

  private Finding open(String after, List<Look> since) {
    return new Finding(
        Kind.BREAKER_STUCK,
        Severity.NOTABLE,
        "Breaker %s opened %s after the first effect, and was still %s at the end, %s after the last fault"
            .formatted(
                breaker.name(),
                after,
                state(since.getLast()).words(),
                Spelling.span(hurt.until().minus(hurt.to()))),
        looks(since),
        "See whether its calls are answered again, how long it pauses, and how many calls it wants"
            + " answered before it closes; a longer 'recovery' shows whether it ever does");
  }

  private Finding neverOpened(String failed) {
    return new Finding(
        Kind.BREAKER_CLOSED,
        Severity.NOTABLE,
        "Breaker %s never opened although %s of the requests failed while faults were in force"
            .formatted(breaker.name(), failed),
        "open in none of the looks at it",
        "Let it count timeouts and lost connections as failures, and a share of its calls rather than"
            + " failures in a row; lower its threshold or the calls it wants to have seen");
  }

  private static String looks(List<Look> since) {
    return DefenceFindings.looks(count(since, State.OPEN), "open", since.size())
        + ", half-open in "
        + Spelling.count(count(since, State.HALF_OPEN));
  }

  private static long count(List<Look> looks, State state) {
    return looks.stream().filter(look -> state(look) == state).count();
  }

  private static State state(Look look) {
    return State.of(look.value(0)).orElse(State.CLOSED);
  }
}
