package dev.faultline.engine.run;

import dev.faultline.engine.journal.Journal;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Sink;
import dev.faultline.model.event.StopReason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one place where something comes to have happened: numbered, journaled, folded into the state,
 * told to whoever listens. Thread-safe.
 *
 * <p>When the journal fails, the run leaves its timeline at once; samples are dropped from then on,
 * so that numbers have no gaps, and changes are still folded and told, and journaled as far as the
 * disk lets them. Nothing happens after the conclusion.
 */
public final class Recorder implements AutoCloseable {

  /** What became of an event. */
  enum Kept {
    /** It was not to happen. */
    NOT,
    /** It happened, and may not outlive this process. */
    UNSAFELY,
    /** It happened, and is on disk if it changes state. */
    SAFELY
  }

  private final Journal journal;
  private final Clock clock;
  private final Duration start;
  private final Sink sink;
  private final List<Entry> entries = new ArrayList<>();
  private @Nullable RunState state;
  private Consumer<Entry> course = _ -> {};
  private boolean journalLost;
  private boolean sinkLost;
  private boolean stopped;
  private boolean concluded;

  Recorder(Journal journal, Clock clock, Sink sink, List<Entry> before) {
    this.journal = journal;
    this.clock = clock;
    this.sink = sink;
    this.entries.addAll(before);
    this.stopped = before.stream().anyMatch(entry -> entry.event() instanceof Event.Stopping);
    Duration elapsed = before.isEmpty() ? Duration.ZERO : before.getLast().elapsed();
    this.start = clock.ticks().minus(elapsed);
  }

  /** Lets a course take each event from now on. */
  synchronized void tellAlso(Consumer<Entry> course) {
    this.course = course;
  }

  /** Begins to fold a state. */
  synchronized void follow(RunState initial) {
    state = initial;
  }

  /** The time since the start of the run. */
  public Duration elapsed() {
    return clock.ticks().minus(start);
  }

  /**
   * Where the run stands.
   *
   * @throws IllegalStateException before there is a plan
   */
  public synchronized RunState state() {
    if (state == null) {
      throw new IllegalStateException("no plan is followed yet");
    }
    return state;
  }

  /** Whether the timeline was left, or is not to be entered. */
  synchronized boolean stopped() {
    return stopped;
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Records what happened. */
  public void record(Event event) {
    recordIf(_ -> true, (_, _) -> event);
  }

  /** Leaves the timeline. */
  void stop(StopReason reason, String words) {
    record(new Event.Stopping(reason, Optional.empty(), words));
  }

  /** Leaves the timeline because of a fault of our own; the first one is told, not its echoes. */
  public synchronized void internalError(Throwable bug) {
    boolean echo =
        entries.stream()
            .anyMatch(
                entry ->
                    entry.event() instanceof Event.Stopping stopping
                        && stopping.reason() == StopReason.INTERNAL_ERROR);
    if (!echo) {
      stop(StopReason.INTERNAL_ERROR, "internal error: " + bug);
    }
  }

  /** Records an event that depends on state and time, if the state allows it. */
  synchronized Kept recordIf(
      Predicate<Optional<RunState>> allowed,
      BiFunction<Optional<RunState>, Duration, Event> event) {
    Optional<RunState> at = Optional.ofNullable(state);
    if (concluded || !allowed.test(at)) {
      return Kept.NOT;
    }
    Duration now = elapsed();
    return take(List.of(event.apply(at, now)), now);
  }

  /** Records changes of the state that go to disk together, if the state allows them. */
  synchronized Kept recordIf(
      Predicate<Optional<RunState>> allowed, List<? extends Event> together) {
    return concluded || !allowed.test(Optional.ofNullable(state))
        ? Kept.NOT
        : take(together, elapsed());
  }

  private Kept take(List<? extends Event> together, Duration now) {
    List<Entry> taken = new ArrayList<>();
    for (Event event : together) {
      taken.add(new Entry(entries.size() + taken.size(), clock.now(), now, event));
    }
    boolean safe = journaled(taken);
    boolean counts = safe || together.stream().allMatch(Event::changesState);
    if (counts) {
      taken.forEach(this::fold);
      taken.forEach(course);
      taken.forEach(this::tell);
    }
    if (!safe && !journalLost) {
      journalLost = true;
      Event lost =
          new Event.Stopping(
              StopReason.JOURNAL_LOST,
              Optional.empty(),
              "the journal can no longer be written; is its disk full?");
      take(List.of(lost), now);
    }
    return !counts ? Kept.NOT : safe ? Kept.SAFELY : Kept.UNSAFELY;
  }

  private void fold(Entry entry) {
    entries.add(entry);
    stopped |= entry.event() instanceof Event.Stopping;
    concluded |= entry.event() instanceof Event.Concluded;
    if (state != null) {
      state = state.on(entry);
    }
  }

  /** All that counts is on disk by now: a journal that cannot be closed costs room, not truth. */
  @Override
  public synchronized void close() {
    try {
      journal.close();
    } catch (IOException unclosed) {
      journalLost = true;
    }
  }

  private boolean journaled(List<Entry> together) {
    try {
      journal.append(together);
      return true;
    } catch (IOException unsafe) {
      return false;
    }
  }

  /**
   * Whoever listens must not throw; if it does, it is told no more, and the run goes on to undo.
   */
  private void tell(Entry entry) {
    if (sinkLost) {
      return;
    }
    try {
      sink.accept(entry);
    } catch (RuntimeException bug) {
      sinkLost = true;
      internalError(bug);
    }
  }
}
