package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same for both ways of sending. */
class SignalTest {

  private static final SignalResult SENT = new SignalResult.Sent();

  enum Way {
    PID_FD,
    KILL_COMMAND;

    SignalResult send(ProcessIdentity process, PosixSignal signal) {
      return switch (this) {
        case PID_FD -> PidFd.signal(process, signal).orElseThrow();
        case KILL_COMMAND -> KillCommand.signal(process, signal);
      };
    }
  }

  @AutoClose private final Victims victims = new Victims();

  @ParameterizedTest
  @EnumSource
  void aProcessIsStoppedContinuedAndKilled(Way way) throws Exception {
    ProcessIdentity process = victims.sleeper();

    assertThat(way.send(process, PosixSignal.STOP)).isEqualTo(SENT);
    Await.state(process, ProcessState.STOPPED);
    assertThat(way.send(process, PosixSignal.CONT)).isEqualTo(SENT);
    Await.state(process, ProcessState.RUNNING);
    assertThat(way.send(process, PosixSignal.KILL)).isEqualTo(SENT);
    Await.state(process, ProcessState.GONE);
    assertThat(way.send(process, PosixSignal.KILL)).isEqualTo(new SignalResult.Gone());
  }

  @ParameterizedTest
  @EnumSource
  void termAndIntEndAProcess(Way way) throws Exception {
    for (PosixSignal signal : new PosixSignal[] {PosixSignal.TERM, PosixSignal.INT}) {
      ProcessIdentity process = victims.sleeper();

      assertThat(way.send(process, signal)).isEqualTo(SENT);
      Await.state(process, ProcessState.GONE);
    }
  }
}
