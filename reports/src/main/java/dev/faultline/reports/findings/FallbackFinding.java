package dev.faultline.reports.findings;

import dev.faultline.reports.facts.ObservationFacts;
import dev.faultline.reports.facts.ObservationFacts.Look;
import dev.faultline.reports.facts.Spelling;
import dev.faultline.reports.findings.DefenceFindings.Hurt;
import dev.faultline.reports.findings.Finding.Kind;
import dev.faultline.reports.findings.Finding.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How many requests a fallback answered: the sum over its looks of rate × time to the next. */
record FallbackFinding(ObservationFacts fallback, Hurt hurt) {

  Optional<Finding> find() {
    List<Look> since =
        fallback.seen().stream()
            .filter(look -> look.elapsed().compareTo(hurt.from()) >= 0)
            .toList();
    if (since.isEmpty()) {
      return Optional.empty();
    }
    long answered = answered(since);
    return answered > 0 ? Optional.of(answered(answered, since)) : hurt.failed().map(this::none);
  }

  private static long answered(List<Look> looks) {
    double sum = 0;
    for (int i = 0; i + 1 < looks.size(); i++) {
      Duration time = looks.get(i + 1).elapsed().minus(looks.get(i).elapsed());
      sum += looks.get(i).value(0) * time.toNanos() / 1e9;
    }
    return Math.round(sum);
  }

  private Finding answered(long number, List<Look> since) {
    Look first = since.stream().filter(look -> look.value(0) > 0).findFirst().orElseThrow();
    return new Finding(
        Kind.FALLBACK,
        Severity.MINOR,
        "Fallback %s answered about %s, the first %s after the first effect"
            .formatted(
                fallback.name(),
                Spelling.counted(number, "request"),
                Spelling.span(first.elapsed().minus(hurt.from()))),
        DefenceFindings.looks(
            since.stream().filter(look -> look.value(0) > 0).count(), "answering", since.size()),
        "See that what it promised is kept later, and for how long an outage may last before it no"
            + " longer can be");
  }

  private Finding none(String failed) {
    return new Finding(
        Kind.NO_FALLBACK,
        Severity.NOTABLE,
        "Fallback %s answered nothing although %s of the requests failed while faults were in force"
            .formatted(fallback.name(), failed),
        "0 in every look at it",
        "Let the fallback answer for this failure too: for timeouts and lost connections as well as for"
            + " errors that are answered");
  }
}
