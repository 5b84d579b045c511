package dev.faultline.environment.hands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action.SendSignal;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query.ProcessStatus;
import dev.faultline.node.ProcessIdentity;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProcessesTest {

  @AutoClose private final Victims victims = new Victims();
  @AutoClose private Hands hands;

  @BeforeEach
  void open(@TempDir Path folder) {
    hands = Victims.hands(Victims.place(folder, "run-1"));
  }

  @Test
  void aFrozenProcessStandsStillUntilItIsThawedAndBothMayBeRepeated() throws Exception {
    ProcessRef sleeper = victims.sleeper();

    for (int time = 0; time < 2; time++) {
      assertThat(send(sleeper, ProcessSignal.STOP))
          .isEqualTo(new Effect.Done("sent SIGSTOP to victim"));
      await(sleeper, ProcessState.STOPPED);
    }
    for (int time = 0; time < 2; time++) {
      assertThat(send(sleeper, ProcessSignal.CONT)).isInstanceOf(Effect.Done.class);
      await(sleeper, ProcessState.RUNNING);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ProcessSignal.class,
      names = {"KILL", "TERM", "INT"})
  void aKilledProcessIsGoneAndIsNotKilledAgain(ProcessSignal signal) throws Exception {
    ProcessRef sleeper = victims.sleeper();

    assertThat(send(sleeper, signal)).isInstanceOf(Effect.Done.class);
    await(sleeper, ProcessState.GONE);

    assertThat(send(sleeper, signal))
        .isEqualTo(new Effect.Superseded("victim has ended or was replaced"));
  }

  @Test
  void aProcessThatHasTheNumberOfAnotherIsLeftAlone() throws Exception {
    ProcessRef sleeper = victims.sleeper();
    ProcessIdentity real = ProcessIdentity.parse(sleeper.identity());
    ProcessRef other =
        new ProcessRef(
            "victim", new ProcessIdentity(real.bootId(), real.pid(), real.startTicks() + 1).text());

    assertThat(send(other, ProcessSignal.KILL)).isInstanceOf(Effect.Superseded.class);
    assertThat(state(other)).isEqualTo(new Answer.ProcessIs(ProcessState.GONE));
    assertThat(state(sleeper)).isEqualTo(new Answer.ProcessIs(ProcessState.RUNNING));
  }

  @Test
  void faultlineItselfIsNeverSignalled() {
    ProcessRef self = new ProcessRef("me", ProcessIdentity.self().text());

    assertThat(send(self, ProcessSignal.CONT))
        .isEqualTo(new Effect.Failed("me is Faultline itself"));
  }

  @Test
  void whatIsNoIdentityIsRefused() {
    ProcessRef wrong = new ProcessRef("web", "4711");

    assertThat(send(wrong, ProcessSignal.KILL)).isInstanceOf(Effect.Failed.class);
    assertThat(state(wrong))
        .isInstanceOfSatisfying(
            Answer.Unanswered.class,
            blind -> assertThat(blind.reason()).isEqualTo(BlindReason.REFUSED));
  }

  private Effect send(ProcessRef process, ProcessSignal signal) {
    return hands.apply(new SendSignal(process, signal));
  }

  private Answer state(ProcessRef process) {
    return hands.ask(new ProcessStatus(process));
  }

  private void await(ProcessRef process, ProcessState state) throws Exception {
    Await.until(state.name(), () -> state(process).equals(new Answer.ProcessIs(state)));
  }
}
