package dev.faultline.judge;

import static dev.faultline.judge.Outcome.FAILED;
import static dev.faultline.judge.Outcome.HALTED;
import static dev.faultline.judge.Outcome.INCONCLUSIVE;
import static dev.faultline.judge.Outcome.INTERNAL_ERROR;
import static dev.faultline.judge.Outcome.PASSED;
import static dev.faultline.judge.Outcome.ROLLED_BACK;
import static dev.faultline.judge.Outcome.UNDO_NOT_PROVEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Verdict.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutcomeTest {

  private static final List<Outcome> FROM_THE_WEIGHTIEST =
      List.of(UNDO_NOT_PROVEN, INTERNAL_ERROR, HALTED, ROLLED_BACK, FAILED, INCONCLUSIVE, PASSED);

  @Test
  void whenSeveralApplyTheWeightiestCounts() {
    assertThat(FROM_THE_WEIGHTIEST)
        .extracting(Outcome::exitCode)
        .containsExactly(7, 10, 6, 8, 1, 4, 0);
    for (int i = 0; i < FROM_THE_WEIGHTIEST.size(); i++) {
      List<Outcome> applying = FROM_THE_WEIGHTIEST.subList(i, FROM_THE_WEIGHTIEST.size());
      assertThat(Outcome.weightiest(applying.reversed())).isEqualTo(FROM_THE_WEIGHTIEST.get(i));
    }
    assertThat(Outcome.weightiest(EnumSet.noneOf(Outcome.class))).isEqualTo(PASSED);
  }

  @Test
  void eachOutcomeHasAnExitCodeAndWordsOfItsOwn() {
    assertThat(Arrays.stream(Outcome.values()).map(Outcome::exitCode)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(Outcome.values()).map(Outcome::words)).doesNotHaveDuplicates();
    assertThat(PASSED.exitCode()).isZero();
  }

  @Test
  void aVerdictKeepsEveryReasonInItsOrder() {
    Reason blind = new Reason(INCONCLUSIVE, "p99", "p99 was blind");
    Reason failed = new Reason(FAILED, "errors", "errors came back too late");

    Verdict verdict = Verdict.of(List.of(blind, failed));

    assertThat(verdict.outcome()).isEqualTo(FAILED);
    assertThat(verdict.reasons()).containsExactly(blind, failed);
    assertThat(Verdict.of(List.of()).outcome()).isEqualTo(PASSED);
  }
}
