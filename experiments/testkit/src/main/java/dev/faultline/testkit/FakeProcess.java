package dev.faultline.testkit;

import dev.faultline.model.world.DescriptorAccess;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import java.time.Duration;
import java.util.Optional;

/** A process of the fake world, with all its lives. */
final class FakeProcess {

  private final String name;
  private final Optional<Duration> restart;
  private ProcessState state = ProcessState.RUNNING;
  private Duration ended = Duration.ZERO;
  private int life;

  FakeProcess(String name, Optional<Duration> restart) {
    this.name = name;
    this.restart = restart;
  }

  String name() {
    return name;
  }

  ProcessState state() {
    return state;
  }

  /** Whether this life of it is meant. */
  boolean is(ProcessRef ref) {
    return ref.identity().equals(identity()) && state != ProcessState.GONE;
  }

  private String identity() {
    return name + ":" + life;
  }

  Instance.ProcessInstance instance() {
    return new Instance.ProcessInstance(
            name,
            "owner of " + name,
            state == ProcessState.GONE
                ? Optional.empty()
                : Optional.of(new ProcessRef(name, identity())),
            state,
            restart.map(delay -> "a supervisor after " + delay))
        .with(new DescriptorAccess(FakeDescriptors.LIMIT, Optional.empty()));
  }

  void take(ProcessSignal signal, Duration now) {
    switch (signal) {
      case STOP -> state = ProcessState.STOPPED;
      case CONT -> state = ProcessState.RUNNING;
      case KILL, TERM, INT -> end(now);
    }
  }

  /** Whether something starts it again when it ends. */
  boolean isSupervised() {
    return restart.isPresent();
  }

  /** Begins another life. */
  void startAgain() {
    if (state != ProcessState.GONE) {
      state = ProcessState.RUNNING;
      life++;
    }
  }

  void end(Duration now) {
    state = ProcessState.GONE;
    ended = now;
  }

  void settle(Duration now) {
    boolean due = restart.map(delay -> now.compareTo(ended.plus(delay)) >= 0).orElse(false);
    if (state == ProcessState.GONE && due) {
      state = ProcessState.RUNNING;
      life++;
    }
  }
}
