package dev.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.fault.Fault.Setting;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DescriptorAccess;
import dev.faultline.model.world.DescriptorReading;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DescriptorsTest {

  private static final Duration FIVE = Duration.ofSeconds(5);
  private static final Setting SETTING = new Setting("none", FIVE, FIVE);
  private static final ProcessRef WEB = new ProcessRef("web", "id");

  private static FaultStep step(String json) {
    return Codec.json().readValue(json.replace('\'', '"'), FaultStep.class);
  }

  private static ProcessInstance web(Optional<String> closed) {
    return new ProcessInstance("web", "o", Optional.of(WEB), ProcessState.RUNNING, Optional.empty())
        .with(new DescriptorAccess(1024, closed));
  }

  private static Answer reading(long limit) {
    return new Answer.DescriptorsAre(Optional.of(new DescriptorReading(limit, 7, limit - 7)));
  }

  @Test
  void theLimitThatItHadIsInTheUndoAndInTheFuse() {
    FaultStep step = step("{'descriptors':{'room':2},'target':{'service':'web'},'for':'5s'}");

    List<Step> steps = step.fault().plan(web(Optional.empty()), SETTING);

    Action giveBack = new Action.FreeDescriptors(WEB, 1024);
    Query status = new Query.DescriptorStatus(WEB);
    assertThat(steps.getFirst().action())
        .isEqualTo(new Action.ArmFuse("none.web", List.of(giveBack), FIVE));
    assertThat(steps.getLast())
        .isEqualTo(
            new Step(
                new Action.LimitDescriptors(WEB, 2),
                Optional.of(new Proof(status, new Expectation.DescriptorLimit(true, 1024), FIVE)),
                Optional.of(
                    new Step.Undo(
                        giveBack,
                        Optional.of(
                            new Proof(
                                status, new Expectation.DescriptorLimit(false, 1024), FIVE))))));
    assertThat(step.words()).isEqualTo("descriptors (2 more)");
  }

  @Test
  void itIsShownByALowerLimitAndItsEndByTheOldOneOrTheEndOfTheProcess() {
    Expectation scarce = new Expectation.DescriptorLimit(true, 1024);
    Expectation over = new Expectation.DescriptorLimit(false, 1024);

    assertThat(scarce.met(reading(1023))).isTrue();
    assertThat(scarce.met(reading(1024))).isFalse();
    assertThat(over.met(reading(1023))).isFalse();
    assertThat(over.met(reading(1024))).isTrue();
    Answer gone = new Answer.DescriptorsAre(Optional.empty());
    assertThat(scarce.met(gone)).isFalse();
    assertThat(over.met(gone)).isTrue();
    assertThat(reading(9).words()).isEqualTo("7 open, 2 more can be, at most 9");
  }

  @Test
  void whatIsNotShownToUsIsRefused() {
    Fault fault = new Descriptors(Optional.empty());

    assertThatThrownBy(() -> fault.plan(web(Optional.of("no right")), SETTING))
        .isInstanceOf(FaultRefused.class)
        .hasMessage("no right");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'descriptors':{'room':-1},'target':{'service':'a'},'for':'5s'}|'room' must be from 0",
        "{'descriptors':{'room':100001},'target':{'service':'a'},'for':'5s'}|'room' must be from 0",
        "{'descriptors':{},'for':'5s'}|target",
        "{'descriptors':{},'target':{'database':'a'},'for':'5s'}|cannot disturb a database",
      })
  void whatCannotBeIsRefused(String step, String message) {
    assertThatThrownBy(() -> step(step)).hasStackTraceContaining(message);
  }
}
