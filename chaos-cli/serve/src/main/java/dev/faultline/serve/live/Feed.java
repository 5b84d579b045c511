package dev.faultline.serve.live;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at a source for all who watch the same page, while somebody does. Thread-safe. */
final class Feed {

  private static final Duration LOOK = Duration.ofMillis(80);

  /**
   * What is shown, with a name for it.
   *
   * @param number of this feed, from 1
   */
  record Frame(long number, Shown shown) {}

  private final Source source;
  private final Thread thread;
  private @Nullable Frame newest;
  private int viewers;
  private boolean over;

  Feed(String name, Source source) {
    this.source = source;
    this.thread = Thread.ofVirtual().name("serve-feed-" + name).unstarted(this::follow);
  }

  private void follow() {
    try {
      while (true) {
        Optional<Shown> next = source.look();
        if (next.isPresent() && put(next.get())) {
          break;
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException nobodyWatches) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | StackOverflowError unreadable) {
      end();
    }
  }

  private synchronized boolean put(Shown next) {
    newest = new Frame(newest == null ? 1 : newest.number() + 1, next);
    over = next.last();
    notifyAll();
    return over;
  }

  private synchronized void end() {
    over = true;
    notifyAll();
  }

  /** One more watches. */
  synchronized void join() {
    if (viewers++ == 0) {
      thread.start();
    }
  }

  /** One less does; tells whether nobody is left. */
  synchronized boolean leave() {
    viewers--;
    if (viewers == 0) {
      thread.interrupt();
    }
    return viewers == 0;
  }

  /** Whether nothing comes any more. */
  synchronized boolean isOver() {
    return over;
  }

  /** What is newer than a frame, as soon as there is something; empty after some time. */
  synchronized Optional<Frame> after(long number, Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (newest == null || newest.number() <= number) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0 || over) {
        return Optional.empty();
      }
      wait(left);
    }
    return Optional.of(newest);
  }
}
