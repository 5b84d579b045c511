package dev.faultline.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.Samples;
import dev.faultline.reports.comparison.Row.Change;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

  private static Change change(RunSummary first, RunSummary second, String name) {
    return row(first, second, name).change();
  }

  private static Row row(RunSummary first, RunSummary second, String name) {
    return Comparison.of(first, second).rows().stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRunBesideItselfIsTheSameInEverything() {
    for (RunSummary run :
        List.of(Samples.synchronous(), Samples.splitBrain(), Samples.frozen(), Samples.many())) {
      Comparison same = Comparison.of(run, run);
      assertThat(same.with(Change.WORSE)).isEmpty();
      assertThat(same.with(Change.BETTER)).isEmpty();
      assertThat(same.unseen()).isEmpty();
      assertThat(same.warnings()).isEmpty();
      assertThat(same.settings()).isEmpty();
    }
  }

  @Test
  void whatIsWorseOneWayIsBetterTheOther() {
    Comparison there = Comparison.of(Samples.synchronous(), Samples.splitBrain());
    Comparison back = Comparison.of(Samples.splitBrain(), Samples.synchronous());
    assertThat(there.with(Change.WORSE)).isNotEmpty();
    assertThat(there.with(Change.WORSE).stream().map(Row::name))
        .containsExactlyElementsOf(back.with(Change.BETTER).stream().map(Row::name).toList());
  }

  @Test
  void aLossIsWorseThanNoneHoweverSmall() {
    assertThat(change(Samples.synchronous(), Samples.asynchronous(), "lost"))
        .isEqualTo(Change.WORSE);
    assertThat(change(Samples.synchronous(), Samples.asynchronous(), "outcome"))
        .isEqualTo(Change.WORSE);
  }

  @Test
  void differencesBelowATenthAreNone() {
    Row rto = row(Samples.synchronous(), Samples.asynchronous(), "RTO");
    assertThat(rto.first()).isEqualTo("3.6 s");
    assertThat(rto.second()).isEqualTo("3.68 s");
    assertThat(rto.change()).isEqualTo(Change.SAME);
  }

  @Test
  void whetherAWriteStaysIsChanceUpToOneOfEachWriter() {
    assertThat(change(Samples.synchronous(), Samples.asynchronous(), "unknown"))
        .isEqualTo(Change.SAME);
  }

  @Test
  void anOutageThatNeverEndsIsWorseAndAnUnreadLedgerIsNotTakenForGood() {
    Comparison comparison = Comparison.of(Samples.synchronous(), Samples.neverBack());
    assertThat(comparison.with(Change.WORSE)).extracting(Row::name).contains("RTO");
    assertThat(comparison.unseen()).extracting(Row::name).contains("outcome", "lost");
    assertThat(row(Samples.synchronous(), Samples.neverBack(), "RTO").second())
        .startsWith("over 3");
  }

  @Test
  void settingsThatDifferAreNamed() {
    assertThat(Comparison.of(Samples.synchronous(), Samples.asynchronous()).settings())
        .containsExactly(
            new Comparison.Difference(
                "orders-db synchronous_standby_names", "orders-db-2", "empty"));
  }

  @Test
  void runsThatAreNotComparableAreWarnedOf() {
    assertThat(Comparison.of(Samples.frozen(), Samples.synchronous()).warnings())
        .anyMatch(why -> why.startsWith("the experiments differ: "))
        .contains("the ledgers differ: none, 8 writers at 400/s");
    assertThat(Comparison.of(Samples.passed(), Samples.died()).warnings())
        .anyMatch(why -> why.endsWith("has no end: its figures are those of its beginning"));
  }

  @Test
  void aGateThatLeftItsBoundIsWorseThanOneThatDidNot() {
    assertThat(change(Samples.passed(), Samples.frozen(), "p99")).isEqualTo(Change.SAME);
    Row errors =
        Comparison.of(Samples.passed(), Samples.frozen()).rows().stream()
            .filter(row -> row.part().equals(Row.GATES) && row.name().equals("errors"))
            .findFirst()
            .orElseThrow();
    assertThat(errors.change()).isEqualTo(Change.WORSE);
  }

  @Test
  void rangesThatOverlapAreTheSameAndThoseThatDoNotMustDifferByATenth() {
    Measured one = Measured.around(1, 0.2, "");
    assertThat(one.like(Measured.around(1.3, 0.2, ""), Row.ALIKE)).isTrue();
    assertThat(one.like(Measured.around(1.5, 0.2, ""), Row.ALIKE)).isFalse();
    assertThat(Measured.count(100).like(Measured.count(109), Row.ALIKE)).isTrue();
    assertThat(Measured.count(0).like(Measured.count(1), Row.ALIKE)).isFalse();
    assertThat(Row.less("p", "n", Optional.empty(), Optional.of(one)).change())
        .isEqualTo(Change.UNKNOWN);
  }

  @Test
  void latenciesThatChanceMovesAreTheSameAndThoseThatMovedAreNot() {
    RunSummary run = Samples.loaded(1, 10_000, 0);

    Comparison chance = Comparison.of(run, Samples.loaded(2, 10_000, 0));
    assertThat(chance.with(Change.WORSE)).isEmpty();
    assertThat(chance.with(Change.BETTER)).isEmpty();

    Row slower = row(run, Samples.loaded(2, 13_000, 0), "p50");
    assertThat(slower.change()).isEqualTo(Change.WORSE);
    Tested test = slower.test().orElseThrow();
    assertThat(test.words()).matches("slower in 69% of pairs \\(.* to .*\\), p < 0.001");
    assertThat(row(Samples.loaded(2, 13_000, 0), run, "p50").change()).isEqualTo(Change.BETTER);
  }

  @Test
  void aDifferenceThatNobodyCouldChanceUponButIsSmallIsTheSame() {
    Row row = row(Samples.loaded(1, 10_000, 0), Samples.loaded(2, 10_600, 0), "p50");

    assertThat(row.test().orElseThrow().significant()).isTrue();
    assertThat(row.change()).isEqualTo(Change.SAME);
  }

  @Test
  void failuresInBurstsCountByTheirBursts() {
    RunSummary none = Samples.loaded(1, 10_000, 0);
    Row failed = row(none, Samples.loaded(2, 10_000, 60), "failed");

    assertThat(failed.change()).isEqualTo(Change.WORSE);
    assertThat(failed.test().orElseThrow().effect()).startsWith("+3.00 pp (");
  }

  @Test
  void everyTestCountsAmongAllOthers() {
    Comparison comparison =
        Comparison.of(Samples.loaded(1, 10_000, 0), Samples.loaded(2, 10_000, 0));

    List<Tested> tests = comparison.rows().stream().flatMap(row -> row.test().stream()).toList();
    assertThat(tests).hasSize(4).allMatch(test -> test.adjusted() >= test.pValue());
    assertThat(tests).anyMatch(test -> test.adjusted() > test.pValue());
    assertThat(comparison.assumptions().orElseThrow()).contains("all 4 tests (Holm)");
  }

  @Test
  void whatIsTooShortToBeTestedIsComparedByItsRanges() {
    assertThat(row(Samples.synchronous(), Samples.synchronous(), "outcome").test()).isEmpty();
    assertThat(LoadBlocks.length(12, 200)).isEqualTo(1);
    assertThat(LoadBlocks.length(120, 200)).isEqualTo(LoadBlocks.LONGEST);
  }
}
