package dev.faultline.reports.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.Samples;
import dev.faultline.reports.findings.Finding.Kind;
import dev.faultline.reports.findings.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FindingsTest {

  private static Finding only(RunSummary run, Kind kind) {
    List<Finding> found =
        Findings.of(run).stream().filter(finding -> finding.kind() == kind).toList();
    assertThat(found).as("%s of %s", kind, run.start().run()).hasSize(1);
    return found.getFirst();
  }

  private static List<Kind> kinds(RunSummary run) {
    return Findings.of(run).stream().map(Finding::kind).toList();
  }

  @Test
  void detectionIsTracedToTheSettingsThatMakeIt() {
    Finding detection = only(Samples.synchronous(), Kind.DETECTION);
    assertThat(detection.title())
        .isEqualTo("Detection took 3.1 s of 3.62 s: controller.interval 1s × controller.missed 3");
    assertThat(detection.advice()).startsWith("Lower controller.interval or controller.missed");
    assertThat(only(Samples.patroni(), Kind.DETECTION).title()).endsWith("ttl 30, loop_wait 10");
    assertThat(only(Samples.patroni(), Kind.DETECTION).advice()).startsWith("Lower ttl");
  }

  @Test
  void aLossNamesTheSettingThatAllowedIt() {
    Finding lost = only(Samples.asynchronous(), Kind.LOST_WRITES);
    assertThat(lost.severity()).isEqualTo(Severity.SEVERE);
    assertThat(lost.title())
        .isEqualTo(
            "synchronous_standby_names is empty: 318 acknowledged writes were lost, the oldest"
                + " 1.87 s old");
    assertThat(lost.advice()).contains("synchronous_standby_names");
  }

  @Test
  void whereNothingIsLostAndNamesAreSetNobodyIsToldOfLoss() {
    assertThat(kinds(Samples.synchronous())).containsExactly(Kind.DETECTION, Kind.UNKNOWN_WRITES);
    assertThat(only(Samples.synchronous(), Kind.UNKNOWN_WRITES).title())
        .isEqualTo(
            "3 writes are present and never acknowledged: a client that repeats what failed would"
                + " have written them twice");
  }

  @Test
  void aSplitBrainNamesTheFencingThatWasNot() {
    List<Finding> split =
        Findings.of(Samples.splitBrain()).stream()
            .filter(finding -> finding.kind() == Kind.SPLIT_BRAIN)
            .toList();
    assertThat(split)
        .extracting(Finding::title)
        .containsExactly(
            "Split brain: 212 writes were acknowledged by an older timeline beside a new primary",
            "orders-db has more than one primary at the end");
    assertThat(split.getFirst().evidence()).isEqualTo("controller.fencing is none");
  }

  @Test
  void clientsThatAreLateAreToldApartFromADatabaseThatIs() {
    assertThat(only(Samples.splitBrain(), Kind.RECONNECTION).title())
        .isEqualTo(
            "No writer was faster back than 6.28 s although promotion was done at +0:26.5: client"
                + " reconnection took 2.8 s");
    assertThat(only(Samples.splitBrain(), Kind.SLOW_WRITER).title())
        .startsWith("The last writer was back after 13.1 s");
    assertThat(kinds(Samples.synchronous())).doesNotContain(Kind.RECONNECTION, Kind.SLOW_WRITER);
  }

  @Test
  void whatIsNotKnownIsSevere() {
    assertThat(Findings.of(Samples.neverBack()))
        .filteredOn(finding -> finding.severity() == Severity.SEVERE)
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kind.UNREAD_LEDGER, Kind.NO_RETURN);
  }

  @Test
  void theStateAtTheEndIsComparedWithTheOneBefore() {
    assertThat(kinds(Samples.asynchronous())).contains(Kind.STANDBY_AFTER);
    assertThat(kinds(Samples.patroni())).contains(Kind.STANDBY_AFTER);
    assertThat(kinds(Samples.many())).contains(Kind.SAFETY_AFTER, Kind.DUPLICATES);
    assertThat(kinds(Samples.synchronous())).doesNotContain(Kind.STANDBY_AFTER);
  }

  @Test
  void theWeightiestComesFirst() {
    for (RunSummary run : List.of(Samples.splitBrain(), Samples.many(), Samples.neverBack())) {
      assertThat(Findings.of(run)).extracting(Finding::severity).isSorted();
    }
  }

  @Test
  void aRunWithoutADatabaseSaysNothingOfOne() {
    assertThat(kinds(Samples.passed())).isSubsetOf(Kind.NEAR_MISS, Kind.SLOWED, Kind.NOT_BACK);
    assertThat(kinds(Samples.frozen())).doesNotContain(Kind.SLOWED);
  }
}
