package dev.faultline.serve.runs;

import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows all runs of a store, without disturbing them: a thread of its own reads them, and others
 * see what it saw last. Thread-safe.
 */
public final class RunIndex implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int ALL = 10;
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final RunStore store;
  private final InstantSource clock;
  private final Map<String, Watched> watched = new HashMap<>();
  private final Thread thread;
  private volatile Catalogue newest = Catalogue.UNSEEN;
  private int round;

  private RunIndex(RunStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("serve-runs").unstarted(this::follow);
  }

  /** Begins to follow the runs of a store. */
  public static RunIndex follow(RunStore store, InstantSource clock) {
    RunIndex index = new RunIndex(store, clock);
    index.thread.start();
    return index;
  }

  /** What was seen last. */
  public Catalogue now() {
    return newest;
  }

  /** The folder of a run that was seen; never one that a request names otherwise. */
  public Optional<RunFolder> folder(String id) {
    if (newest.find(id).isEmpty()) {
      return Optional.empty();
    }
    try {
      return store.find(id).filter(run -> run.id().equals(id));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private void follow() {
    try {
      while (true) {
        look();
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      List<RunFolder> folders = store.all().reversed();
      forget(folders);
      boolean all = round++ % ALL == 0;
      Instant told = clock.instant();
      for (RunFolder folder : folders) {
        Watched one = watched.computeIfAbsent(folder.id(), _ -> new Watched(store, folder));
        if (all || !one.isOver()) {
          one.look(clock.instant());
        }
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        if (clock.instant().isAfter(told.plus(PATIENCE))) {
          newest = seen(folders);
          told = clock.instant();
        }
      }
      newest = seen(folders);
    } catch (IOException unreadable) {
      newest =
          new Catalogue(
              newest.runs(),
              newest.unread(),
              newest.halted(),
              Optional.of("the folder of runs cannot be read: " + unreadable.getMessage()));
    }
  }

  private void forget(List<RunFolder> folders) {
    Set<String> there = new HashSet<>();
    folders.forEach(folder -> there.add(folder.id()));
    watched.keySet().retainAll(there);
  }

  private Catalogue seen(List<RunFolder> folders) {
    List<Brief> runs = new ArrayList<>();
    for (RunFolder folder : folders) {
      Optional.ofNullable(watched.get(folder.id())).flatMap(Watched::known).ifPresent(runs::add);
    }
    return new Catalogue(runs, folders.size() - runs.size(), halted(), Optional.empty());
  }

  private Optional<String> halted() {
    try {
      return store.lever().pulled().map(halt -> halt.words());
    } catch (IOException unreadable) {
      return Optional.of("whether runs are halted cannot be read: " + unreadable.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
