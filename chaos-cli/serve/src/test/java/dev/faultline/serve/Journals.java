package dev.faultline.serve;

import dev.faultline.engine.journal.FileGuard;
import dev.faultline.engine.journal.Journal;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A state folder with runs as the engine writes them.
 *
 * @param state the folder
 */
record Journals(Path state) {

  /** A run that is on: its lock is held, and events are appended one by one. */
  record Growing(RunFolder folder, Journal journal, FileGuard lock) implements AutoCloseable {
    void append(Entry entry) throws IOException {
      journal.append(entry);
    }

    @Override
    public void close() throws IOException {
      journal.close();
      lock.close();
    }
  }

  Growing begin(String id) throws IOException {
    RunStore store = new RunStore(state);
    RunFolder folder = store.claim(id).orElseThrow();
    return new Growing(folder, store.startJournal(folder), store.lock(folder).orElseThrow());
  }

  /** A run that nobody has held for an hour. */
  RunFolder write(String id, List<Entry> events) throws IOException {
    RunStore store = new RunStore(state);
    RunFolder folder = store.claim(id).orElseThrow();
    try (Journal journal = store.startJournal(folder)) {
      journal.append(named(id, events));
    }
    age(folder.journal());
    age(folder.path());
    return folder;
  }

  /** Several of them, each called after its name. */
  void writeAll(Map<String, List<Entry>> runs) throws IOException {
    for (Map.Entry<String, List<Entry>> run : runs.entrySet()) {
      RunFolder _ = write("20260314-092653-" + run.getKey(), run.getValue());
    }
  }

  static void age(Path file) throws IOException {
    Path _ = Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
  }

  /** The same events with the id of another run. */
  static List<Entry> named(String id, List<Entry> events) {
    List<Entry> all = new ArrayList<>();
    for (Entry entry : events) {
      Event event =
          entry.event() instanceof Event.RunStarted start
              ? new Event.RunStarted(
                  id,
                  start.experiment(),
                  start.spec(),
                  start.environment(),
                  start.file(),
                  start.base(),
                  start.control(),
                  start.host(),
                  start.version(),
                  start.rollout())
              : entry.event();
      all.add(new Entry(entry.number(), entry.at(), entry.elapsed(), event));
    }
    return all;
  }
}
