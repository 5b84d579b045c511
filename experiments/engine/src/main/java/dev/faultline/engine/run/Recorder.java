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
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one place where something comes to have happened: numbered, journaled, folded into the state,
 * told to whoever listens. Thread-safe.
 *
 * <p>When the journal fails, the run leaves its timeline at once; what happens after that is still
 * folded and told, and journaled as far as the disk lets it.
 */
final class Recorder {

  private final Journal journal;
  private final Clock clock;
  private final Duration start;
  private final Sink sink;
  private final List<Entry> entries = new ArrayList<>();
  private long number;
  private @Nullable RunState state;
  private boolean journalLost;

  Recorder(Journal journal, Clock clock, Sink sink, List<Entry> before) {
    this.journal = journal;
    this.clock = clock;
    this.sink = sink;
    this.entries.addAll(before);
    this.number = before.size();
    Duration elapsed = before.isEmpty() ? Duration.ZERO : before.getLast().elapsed();
    this.start = clock.ticks().minus(elapsed);
  }

  /** Begins to fold a state. */
  synchronized void follow(RunState initial) {
    state = initial;
  }

  Duration elapsed() {
    return clock.ticks().minus(start);
  }

  synchronized RunState state() {
    if (state == null) {
      throw new IllegalStateException("no plan is followed yet");
    }
    return state;
  }

  /** Whether the timeline was left, or is not to be entered. */
  synchronized boolean stopped() {
    return entries.stream().anyMatch(entry -> entry.event() instanceof Event.Stopping);
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Records what happened. */
  void record(Event event) {
    recordIf(_ -> true, _ -> event);
  }

  /** Records an event that depends on the state, if the state allows it; says whether it did. */
  synchronized boolean recordIf(
      Predicate<Optional<RunState>> allowed, Function<Optional<RunState>, Event> event) {
    Optional<RunState> at = Optional.ofNullable(state);
    if (!allowed.test(at)) {
      return false;
    }
    take(event.apply(at));
    return true;
  }

  private void take(Event event) {
    Entry entry = new Entry(number++, clock.now(), elapsed(), event);
    entries.add(entry);
    boolean failed = !journaled(entry);
    if (state != null) {
      state = state.on(entry);
    }
    sink.accept(entry);
    if (failed && !journalLost) {
      journalLost = true;
      take(
          new Event.Stopping(
              StopReason.JOURNAL_LOST,
              Optional.empty(),
              "the journal can no longer be written; is its disk full?"));
    }
  }

  private boolean journaled(Entry entry) {
    try {
      journal.append(entry);
      return true;
    } catch (IOException unsafe) {
      return false;
    }
  }
}
