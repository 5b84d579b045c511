package dev.faultline.environment.lab;

import dev.faultline.environment.hands.Clocks;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.codec.Words;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClockReading;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.node.packet.kernel.KernelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The clocks of the processes of a lab, whether it runs or not. Thread-safe. */
final class LabClocks implements Clocks, AutoCloseable {

  private final Lab lab;
  private final Optional<Path> library;
  private final Function<String, Optional<Supervisor>> running;
  private final LabGuard guard = new LabGuard();

  /**
   * No clock is off yet.
   *
   * @param library libfaketime, where it is installed
   * @param running who keeps a process alive, while the lab runs
   */
  LabClocks(Lab lab, Optional<Path> library, Function<String, Optional<Supervisor>> running) {
    this.lab = lab;
    this.library = library;
    this.running = running;
  }

  @Override
  public Effect shift(Action.ShiftClock action) {
    Optional<Supervisor> process = running.apply(action.process());
    if (process.isEmpty() || library.isEmpty()) {
      return new Effect.Failed(
          lacking(action.process()).orElse("%s does not run".formatted(action.process())));
    }
    guard.begin(action.process(), action.lease());
    return again(process.get(), Optional.of(new FakeTime(library.get(), action.shift())));
  }

  @Override
  public Effect restore(Action.RestoreClock action) {
    try {
      Effect restored =
          running
              .apply(action.process())
              .map(process -> again(process, Optional.empty()))
              .orElseGet(
                  () -> new Effect.Done("%s ended with its lab".formatted(action.process())));
      guard.end(action.process());
      return restored;
    } catch (KernelException refused) {
      return new Effect.Failed("the lease of the lab: " + refused.getMessage());
    }
  }

  private static Effect again(Supervisor process, Optional<FakeTime> clock) {
    try {
      return new Effect.Done(process.startAgain(clock));
    } catch (IOException late) {
      return new Effect.Failed(String.valueOf(late.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new Effect.Failed("interrupted");
    }
  }

  @Override
  public Optional<Effect> renew() {
    return guard.renew();
  }

  @Override
  public Answer possible(Query.ClockPossible query) {
    return new Answer.ClockCanBe(lacking(query.process()));
  }

  private Optional<String> lacking(String process) {
    if (!lab.processes().containsKey(process)) {
      return Optional.of(
          Words.unknown("process", process, new TreeSet<>(lab.processes().keySet()))
              + "; only 'processes' of the lab can have another clock");
    }
    return library.isPresent()
        ? Optional.empty()
        : Optional.of(
            "libfaketime is not installed, by which a process gets another clock; install the"
                + " package libfaketime");
  }

  @Override
  public Answer status(Query.ClockStatus query) {
    try {
      Optional<Supervisor> process = running.apply(query.process());
      return new Answer.ClockIs(process.isEmpty() ? ClockReading.GONE : process.get().clock());
    } catch (IOException | UncheckedIOException hidden) {
      return new Answer.Unanswered(
          BlindReason.UNREACHABLE,
          "the clock of %s is not shown to us: %s".formatted(query.process(), hidden.getMessage()));
    }
  }

  /** Nothing has to be renewed any more. */
  @Override
  public void close() {
    try {
      guard.close();
    } catch (KernelException refused) {
      throw new UncheckedIOException(refused);
    }
  }
}
