package dev.faultline.environment.load;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Quantity;
import dev.faultline.load.LoadRun;
import dev.faultline.model.world.Action.StartLoad;
import dev.faultline.model.world.Action.SurgeLoad;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query.LoadStatus;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The load of a run: at most one at a time.
 *
 * <p>What it met is told in seconds, each when the last of its requests has ended, and never before
 * an earlier second: while requests hang, the newest figures are as old as the load's timeout (5 s
 * unless stated) and one second more. The last hour is kept. Thread-safe.
 */
public final class LoadGenerator implements AutoCloseable {

  private final RunningLoad.Starter starter;
  private Optional<RunningLoad> current = Optional.empty();

  /** A generator in this process that replaces placeholders in addresses. */
  public LoadGenerator(UnaryOperator<String> expand) {
    this(expand, LoadRun.IN_FLIGHT);
  }

  LoadGenerator(UnaryOperator<String> expand, int inFlight) {
    this((RunningLoad.Starter) load -> new LoadHere(load, expand.apply(load.http()), inFlight));
  }

  private LoadGenerator(RunningLoad.Starter starter) {
    this.starter = starter;
  }

  /** A generator of loads that are made elsewhere. */
  public static LoadGenerator elsewhere(RunningLoad.Starter starter) {
    return new LoadGenerator(starter);
  }

  /** Starts a load; one that runs already is left alone. */
  public synchronized Effect start(StartLoad action) {
    Optional<RunningLoad> running = current.filter(RunningLoad::running);
    if (running.isPresent()) {
      return running.get().load().equals(action.load())
          ? new Effect.Done("the load was running already")
          : new Effect.Failed("another load is running; it must be stopped first");
    }
    try {
      RunningLoad started = starter.start(action.load());
      current = Optional.of(started);
      return new Effect.Done(started.words());
    } catch (IllegalArgumentException impossible) {
      return new Effect.Failed("the load cannot be sent: " + impossible.getMessage());
    }
  }

  /** Lets the load surge; nothing is changed where it does already. */
  public synchronized Effect surge(SurgeLoad action) {
    Optional<RunningLoad> running = current.filter(RunningLoad::running);
    if (running.isEmpty()) {
      return new Effect.Failed("no load is running");
    }
    if (running.get().surging()) {
      return new Effect.Done("the load surges already");
    }
    running
        .get()
        .surge(
            action.rates().stream().map(Quantity::value).toList(),
            action.each().toMillis() / 1000.0);
    return new Effect.Done(action.describe());
  }

  /** Lets the load go back to its own rate. */
  public synchronized Effect endSurge() {
    Optional<RunningLoad> running = current.filter(RunningLoad::running);
    running.ifPresent(RunningLoad::endSurge);
    return new Effect.Done(
        running
            .map(run -> "the load goes back to " + run.load().base())
            .orElse("no load is running"));
  }

  /** What the load sends now. */
  public synchronized Answer rate() {
    return current
        .filter(RunningLoad::running)
        .map(RunningLoad::sent)
        .orElseGet(() -> new Answer.RateIs(false, 0, 0));
  }

  /** Ends the load; what it met remains to be asked for until another one starts. */
  public synchronized Effect stop() {
    Optional<RunningLoad> running = current.filter(RunningLoad::running);
    running.ifPresent(RunningLoad::close);
    return new Effect.Done(running.isPresent() ? "the load has ended" : "no load was running");
  }

  /** What the load met; nothing when its newest figures are older than its timeout and 3 s. */
  public synchronized Answer ask(LoadStatus query) {
    return current
        .<Answer>map(run -> new Answer.LoadFigures(run.newest(query.over())))
        .orElseGet(() -> new Answer.Unanswered(BlindReason.NO_DATA, "no load has been started"));
  }

  /** Ends the load. */
  @Override
  public void close() {
    stop();
  }
}
