package dev.faultline.reports.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.Defences;
import dev.faultline.reports.Samples;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.LoadFacts;
import dev.faultline.reports.findings.Finding.Kind;
import dev.faultline.reports.findings.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What breakers, retries and fallbacks did is told, with times and the setting to change. */
final class DefenceFindingsTest {

  private static Finding only(RunSummary run, Kind kind) {
    List<Finding> found =
        Findings.of(run).stream().filter(finding -> finding.kind() == kind).toList();
    assertThat(found).as("findings %s", kind).hasSize(1);
    return found.getFirst();
  }

  @Test
  void aBreakerThatDidItsWorkIsToldWithItsTimes() {
    Finding breaker = only(Defences.good(), Kind.BREAKER);
    assertThat(breaker.title())
        .isEqualTo(
            "Breaker breaker opened 3.22 s after the first effect, half-opened, and closed 2.41 s"
                + " after the last fault ended");
    assertThat(breaker.evidence()).isEqualTo("open in 14 of 40 looks, half-open in 5");
    assertThat(breaker.severity()).isEqualTo(Severity.MINOR);
  }

  @Test
  void aBreakerThatNeverOpenedIsToldWhereRequestsFailed() {
    assertThat(only(Defences.bad(), Kind.BREAKER_CLOSED).title())
        .isEqualTo(
            "Breaker breaker never opened although 40% of the requests failed while faults were in"
                + " force");
    assertThat(Findings.of(Defences.stuck()))
        .extracting(Finding::kind)
        .contains(Kind.BREAKER_STUCK)
        .doesNotContain(Kind.BREAKER, Kind.BREAKER_CLOSED, Kind.NO_FALLBACK);
  }

  @Test
  void aRetryStormIsToldWithItsFactorAndItsAfterlife() {
    Finding storm = only(Defences.bad(), Kind.RETRY_STORM);
    assertThat(storm.title())
        .startsWith("Retry storm: retries multiplied its calls by 3.0 while faults were in force")
        .endsWith("and was still going on 14.4 s after the last one ended");
    assertThat(storm.severity()).isEqualTo(Severity.SEVERE);
    assertThat(storm.evidence())
        .isEqualTo("300/s calls, 200/s of them retries; 100/s calls before");
    assertThat(storm.advice()).contains("jitter", "budget", "breaker");
    assertThat(Findings.of(Defences.good()))
        .as("a tenth of retries is no storm")
        .noneMatch(finding -> finding.kind() == Kind.RETRY_STORM);
  }

  @Test
  void aFallbackIsToldWithWhatItAnswered() {
    assertThat(only(Defences.good(), Kind.FALLBACK).title())
        .startsWith("Fallback fallback answered about 1\u202f000 requests");
    assertThat(only(Defences.bad(), Kind.NO_FALLBACK).title())
        .contains("answered nothing although 40% of the requests failed");
  }

  @Test
  void aRunThatObservesNothingIsToldNothing() {
    assertThat(Findings.of(Samples.frozen()))
        .extracting(Finding::kind)
        .doesNotContain(Kind.BREAKER, Kind.BREAKER_CLOSED, Kind.NO_FALLBACK, Kind.RETRY_STORM);
  }

  @Test
  void everyRateThatWasAskedForIsAStep() {
    LoadFacts load = Facts.of(Defences.bad()).load().orElseThrow();
    assertThat(load.steps())
        .extracting(LoadFacts.Step::rate, LoadFacts.Step::at, LoadFacts.Step::answeredRate)
        .containsExactly(
            tuple("100/s", "+0:02.0", "100/s"),
            tuple("200/s", "+0:20.0", "120/s"),
            tuple("100/s", "+0:40.0", "100/s"));
    assertThat(load.steps().get(1).met().failedShare()).isEqualTo("40%");
    assertThat(Facts.of(Samples.frozen()).load().orElseThrow().steps()).isEmpty();
  }
}
