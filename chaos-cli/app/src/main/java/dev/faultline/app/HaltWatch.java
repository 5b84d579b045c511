package dev.faultline.app;

import dev.faultline.engine.journal.Lever;
import dev.faultline.engine.run.Clock;
import dev.faultline.engine.run.Engine;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether somebody halts the run that is on, and halts it. It listens to the run to know its
 * id.
 */
final class HaltWatch implements Sink, AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(200);

  private final Lever lever;
  private final Engine engine;
  private final Thread thread;
  private volatile @Nullable String run;

  private HaltWatch(Engine engine) {
    this.lever = engine.store().lever();
    this.engine = engine;
    this.thread = Thread.ofVirtual().unstarted(this::watch);
  }

  static HaltWatch over(Engine engine) {
    HaltWatch watch = new HaltWatch(engine);
    watch.thread.start();
    return watch;
  }

  @Override
  public void accept(Entry entry) {
    if (entry.event() instanceof Event.RunStarted started) {
      run = started.run();
    }
  }

  private void watch() {
    try {
      while (true) {
        Clock.system().sleep(LOOK);
        Optional<Lever.Pulled> halt = pulled();
        if (halt.isPresent()) {
          engine.halt(halt.get().words());
          return;
        }
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /** Before the run has begun, the engine itself refuses it. */
  private Optional<Lever.Pulled> pulled() {
    String id = run;
    try {
      return id == null ? Optional.empty() : lever.pulled(id);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
