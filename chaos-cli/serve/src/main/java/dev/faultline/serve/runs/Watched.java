package dev.faultline.serve.runs;

import dev.faultline.engine.journal.JournalTail;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run that is looked at again and again: what is over is read once, and of what is on only the
 * events that change its state are kept. Not thread-safe.
 */
final class Watched {

  /** So long after its last event nobody asks whether a run is still there. */
  private static final Duration ALIVE = Duration.ofSeconds(3);

  /**
   * How often it is asked whether a dead run was taken up again. To ask takes its lock for a
   * moment, which nobody else could take meanwhile.
   */
  private static final Duration SELDOM = Duration.ofMinutes(1);

  private static final Duration OFTEN = Duration.ofSeconds(2);

  /** A journal as it was when it was read. */
  private record Mark(long size, Instant changed) {}

  private final RunStore store;
  private final RunFolder folder;
  private final List<Entry> changes = new ArrayList<>();
  private @Nullable JournalTail tail;
  private @Nullable Mark seen;
  private @Nullable Brief brief;
  private Instant asked = Instant.MIN;
  private boolean held;

  Watched(RunStore store, RunFolder folder) {
    this.store = store;
    this.folder = folder;
  }

  /** What was known at the last look; empty before the first. */
  Optional<Brief> known() {
    return Optional.ofNullable(brief);
  }

  /** Whether nothing new is expected of it. */
  boolean isOver() {
    return brief != null && brief.stage() == Brief.Stage.ENDED;
  }

  Brief look(Instant now) {
    Brief next;
    try {
      next = looked(now);
    } catch (IOException unreadable) {
      next = Brief.untold(folder.id(), "it cannot be read: " + unreadable.getMessage(), false);
    } catch (RuntimeException | StackOverflowError senseless) {
      next = Brief.untold(folder.id(), "its journal makes no sense: " + senseless, false);
    }
    brief = next;
    return next;
  }

  private Brief looked(Instant now) throws IOException {
    Mark mark = mark(folder.journal());
    boolean same = mark != null && mark.equals(seen);
    Brief before = brief;
    if (before != null && same && before.stage() != Brief.Stage.ON && !isDue(now, SELDOM)) {
      return before;
    }
    if (before != null && before.stage() == Brief.Stage.ENDED && same) {
      return before;
    }
    seen = mark;
    boolean on = isHeld(now, mark);
    if (mark == null) {
      return Brief.untold(folder.id(), "it died before its first event", on);
    }
    return on ? on(before) : over(before, same);
  }

  private Brief on(@Nullable Brief before) throws IOException {
    if (Files.size(folder.journal()) > Told.LARGEST) {
      return over(before, false);
    }
    if (tail == null) {
      tail = new JournalTail(folder.journal());
    }
    boolean ended = false;
    for (Entry entry : tail.next()) {
      if (entry.event().changesState()) {
        changes.add(entry);
      }
      ended |= entry.event() instanceof Event.Concluded;
    }
    if (ended) {
      return over(before, false);
    }
    boolean begun = !changes.isEmpty() && changes.getFirst().event() instanceof Event.RunStarted;
    return begun
        ? Brief.on(folder.id(), RunSummary.of(changes), tail.whole())
        : Brief.untold(folder.id(), "it begins", true);
  }

  /** All of it, once more: figures need what was read as well as what was done. */
  private Brief over(@Nullable Brief before, boolean same) {
    if (before != null && same && before.stage() != Brief.Stage.ON) {
      return before;
    }
    Brief told =
        switch (Told.of(folder)) {
          case Told.Run run -> Brief.over(folder.id(), run);
          case Told.Nothing nothing -> Brief.untold(folder.id(), nothing.why(), false);
        };
    if (told.stage() == Brief.Stage.ENDED) {
      tail = null;
      changes.clear();
    }
    return told;
  }

  private boolean isDue(Instant now, Duration after) {
    return !asked.isAfter(now.minus(after));
  }

  /** A run that has just written, or was just made, is there; of others the lock tells. */
  private boolean isHeld(Instant now, @Nullable Mark mark) throws IOException {
    Instant sign =
        mark == null ? Files.getLastModifiedTime(folder.path()).toInstant() : mark.changed();
    if (sign.isAfter(now.minus(ALIVE))) {
      // What has its verdict is over, however new it is.
      return mark == null || brief != null || !endsWithVerdict();
    }
    if (isDue(now, held ? OFTEN : SELDOM)) {
      held = store.isHeld(folder);
      asked = now;
    }
    return held;
  }

  private boolean endsWithVerdict() {
    return Told.of(folder) instanceof Told.Run run && run.summary().verdict().isPresent();
  }

  private static @Nullable Mark mark(Path journal) throws IOException {
    try {
      return new Mark(Files.size(journal), Files.getLastModifiedTime(journal).toInstant());
    } catch (NoSuchFileException none) {
      return null;
    }
  }
}
