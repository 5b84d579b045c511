package dev.faultline.app;

import dev.faultline.engine.journal.JournalTail;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows the journal of a run of another process to the end of the run: to its conclusion, or
 * until nobody holds its lock any more.
 */
final class Following {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final int BEGINNING = 50;

  private final RunStore store;
  private final RunFolder folder;
  private final JournalTail tail;

  Following(RunStore store, RunFolder folder) {
    this.store = store;
    this.folder = folder;
    this.tail = new JournalTail(folder.journal());
  }

  /**
   * What is there already: at least the start of the run.
   *
   * @throws UsageError when its journal tells nothing
   */
  List<Entry> begin() throws IOException, UsageError, InterruptedException {
    for (int looks = 0; looks < BEGINNING; looks++) {
      List<Entry> found = tail.next();
      if (!found.isEmpty() && found.getFirst().event() instanceof Event.RunStarted) {
        return found;
      }
      if (!store.isHeld(folder)) {
        break;
      }
      Thread.sleep(LOOK);
    }
    throw Recorded.nothing(folder);
  }

  /** Tells all that was and all that comes; gives it all when the run is over or dead. */
  List<Entry> toTheEnd(List<Entry> first, Sink sink) throws IOException, InterruptedException {
    List<Entry> all = new ArrayList<>();
    List<Entry> fresh = first;
    long heard = System.nanoTime();
    while (true) {
      for (Entry entry : fresh) {
        sink.accept(entry);
        all.add(entry);
      }
      if (all.getLast().event() instanceof Event.Concluded) {
        return all;
      }
      heard = fresh.isEmpty() ? heard : System.nanoTime();
      boolean silent = System.nanoTime() - heard > SILENCE.toNanos();
      if (silent && !store.isHeld(folder)) {
        // The last words may have come between the look and the lock.
        fresh = tail.next();
        if (fresh.isEmpty()) {
          return all;
        }
      } else {
        Thread.sleep(LOOK);
        fresh = tail.next();
      }
    }
  }
}
