package dev.faultline.model.fault;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.fault.EndsBy.Layer;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.ClockShift;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Starts a process of a lab again with a clock that is off, and with the right one when the fault
 * ends. Times that it measures by a monotonic clock, such as timeouts, stay right.
 *
 * @param ahead how far the clock is ahead, in whole seconds, from 1s to 3650d; or {@code behind}
 * @param behind how far it is behind, in whole seconds, from 1s to 3650d; or {@code ahead}
 */
public record Clock(Optional<Duration> ahead, Optional<Duration> behind) implements Fault {

  private static final Duration MOST = Duration.ofDays(3650);
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(10);

  /** Refuses a clock that is off both ways or none, or by what nobody could see. */
  public Clock {
    if (ahead.isPresent() == behind.isPresent()) {
      throw new InvalidValue(
          ahead.isPresent() ? "behind" : "ahead",
          "say how far the clock is off: {ahead: 2h} or {behind: 90s}");
    }
    ahead.ifPresent(by -> check("ahead", by));
    behind.ifPresent(by -> check("behind", by));
  }

  private static void check(String key, Duration by) {
    if (by.toNanosPart() != 0 || by.toSeconds() < 1 || by.compareTo(MOST) > 0) {
      throw new InvalidValue(key, "'%s' must be from 1s to 3650d, in whole seconds".formatted(key));
    }
  }

  private ClockShift shift() {
    return new ClockShift(
        ahead.map(Duration::toSeconds).orElseGet(() -> -behind.orElseThrow().toSeconds()));
  }

  @Override
  public boolean instant() {
    return false;
  }

  @Override
  public boolean needsTarget() {
    return true;
  }

  @Override
  public Set<String> aims() {
    return Processes.AIMS;
  }

  @Override
  public String words() {
    return "clock (%s)".formatted(shift().words());
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    String process = Processes.of(target).name();
    Step.Undo back =
        new Step.Undo(
            new Action.RestoreClock(process), Optional.of(proof(process, ClockShift.NONE)));
    return List.of(
        new Step(
            new Action.ShiftClock(process, shift(), setting.lease()),
            Optional.of(proof(process, shift())),
            Optional.of(back)));
  }

  private static Proof proof(String process, ClockShift shift) {
    return new Proof(new Query.ClockStatus(process), new Expectation.ClockIs(shift), SHOWN_WITHIN);
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return List.of(
        new EndsBy(
            Layer.PLAN,
            Optional.of(setting.lasts()),
            "the lab's supervisor starts the process again with the right clock"),
        new EndsBy(
            Layer.KERNEL,
            Optional.of(setting.lease()),
            "the process dies with Faultline, which the kernel kills when it is stopped or hangs"),
        new EndsBy(
            Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, show that nothing of the lab is left"));
  }
}
