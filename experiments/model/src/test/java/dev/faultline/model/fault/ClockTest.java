package dev.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.fault.Fault.Setting;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClockReading;
import dev.faultline.model.world.ClockShift;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClockTest {

  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Setting SETTING = new Setting("late", TEN, TEN);
  private static final ClockShift AHEAD = new ClockShift(7200);

  private static FaultStep step(String json) {
    return Codec.json().readValue(json.replace('\'', '"'), FaultStep.class);
  }

  private static Answer reading(boolean ready, long set, Long... seen) {
    return new Answer.ClockIs(
        new ClockReading(
            true,
            ready,
            new ClockShift(set),
            List.of(seen).stream().map(ClockShift::new).findFirst()));
  }

  @Test
  void theProcessIsStartedAgainWithAnotherClockAndThenWithTheRightOne() {
    ProcessInstance web =
        new ProcessInstance("web", "o", Optional.empty(), ProcessState.GONE, Optional.empty());
    FaultStep step = step("{'clock':{'ahead':'2h'},'target':{'service':'web'},'for':'5s'}");
    Query status = new Query.ClockStatus("web");

    assertThat(step.fault().plan(web, SETTING))
        .containsExactly(
            new Step(
                new Action.ShiftClock("web", AHEAD, TEN),
                Optional.of(new Proof(status, new Expectation.ClockIs(AHEAD), TEN)),
                Optional.of(
                    new Step.Undo(
                        new Action.RestoreClock("web"),
                        Optional.of(
                            new Proof(status, new Expectation.ClockIs(ClockShift.NONE), TEN))))));
    assertThat(step.words()).isEqualTo("clock (2h ahead)");
    assertThat(new Clock(Optional.empty(), Optional.of(Duration.ofSeconds(90))).words())
        .isEqualTo("clock (90s behind)");
  }

  @Test
  void itIsShownByAHealthyProcessThatHasTheClockAndTellsNoOtherTime() {
    Expectation ahead = new Expectation.ClockIs(AHEAD);

    assertThat(ahead.met(reading(true, 7200))).isTrue();
    assertThat(ahead.met(reading(true, 7200, 7199L))).isTrue();
    assertThat(ahead.met(reading(true, 7200, 0L))).isFalse();
    assertThat(ahead.met(reading(false, 7200))).isFalse();
    assertThat(ahead.met(reading(true, 0, 7200L))).isFalse();
    assertThat(ahead.met(new Answer.ClockIs(ClockReading.GONE))).isFalse();
    assertThat(reading(false, 7200, 7199L).words())
        .isEqualTo("2h ahead; by the date of its own answers +7199 s, not healthy");
  }

  @Test
  void itsEndIsShownByTheRightClockOrTheEndOfTheProcess() {
    Expectation right = new Expectation.ClockIs(ClockShift.NONE);

    assertThat(right.met(reading(false, 0))).isTrue();
    assertThat(right.met(reading(true, 0, 1L))).isTrue();
    assertThat(right.met(reading(true, 0, 7200L))).isFalse();
    assertThat(right.met(reading(true, 7200))).isFalse();
    assertThat(right.met(new Answer.ClockIs(ClockReading.GONE))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'clock':{},'target':{'service':'a'},'for':'5s'}|say how far the clock is off",
        "{'clock':{'ahead':'1h','behind':'1h'},'target':{'service':'a'},'for':'5s'}|say how far",
        "{'clock':{'ahead':'500ms'},'target':{'service':'a'},'for':'5s'}|from 1s to 3650d",
        "{'clock':{'behind':'1500ms'},'target':{'service':'a'},'for':'5s'}|in whole seconds",
        "{'clock':{'behind':'3651d'},'target':{'service':'a'},'for':'5s'}|from 1s to 3650d",
        "{'clock':{'ahead':'1h'},'for':'5s'}|target",
        "{'clock':{'ahead':'1h'},'target':{'service':'a'}}|for",
      })
  void whatCannotBeIsRefused(String step, String message) {
    assertThatThrownBy(() -> step(step)).hasStackTraceContaining(message);
  }
}
