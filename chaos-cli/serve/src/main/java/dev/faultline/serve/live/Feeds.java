package dev.faultline.serve.live;

import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** All streams to browsers: so many at most, and none that a browser has stopped to read. */
public final class Feeds implements AutoCloseable {

  /** How many streams there are at most. */
  public static final int MOST = 64;

  private final InstantSource clock;
  private final Map<String, Feed> feeds = new HashMap<>();
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private final Semaphore room = new Semaphore(MOST);
  private final Thread warden;
  private volatile boolean closed;

  /** Streams that tell the time by a clock. */
  public Feeds(InstantSource clock) {
    this.clock = clock;
    this.warden = Thread.ofVirtual().name("serve-warden").start(this::guard);
  }

  /** Whether there is room for one more; who is let in must {@link #watch}. */
  public boolean enter() {
    return !closed && room.tryAcquire();
  }

  /**
   * Streams a page to one who was let in, until its end, or until nobody reads.
   *
   * @param page names the page: who watches the same shares a source
   * @param last the name of the last frame that the browser has; empty where it has none
   * @throws IOException when it has left
   */
  public void watch(String page, Supplier<Source> source, String last, OutputStream out)
      throws IOException {
    Feed feed = join(page, source);
    Stream stream = new Stream(feed, last, out, clock);
    streams.add(stream);
    try {
      stream.run();
    } catch (InterruptedException closedOrStuck) {
      Thread.currentThread().interrupt();
    } finally {
      streams.remove(stream);
      leave(page, feed);
      room.release();
    }
  }

  private synchronized Feed join(String page, Supplier<Source> source) {
    Feed known = feeds.get(page);
    Feed feed = known == null || known.isOver() ? new Feed(page, source.get()) : known;
    feeds.put(page, feed);
    feed.join();
    return feed;
  }

  private synchronized void leave(String page, Feed feed) {
    if (feed.leave()) {
      feeds.remove(page, feed);
    }
  }

  /** How many are open. */
  public int open() {
    return streams.size();
  }

  /** A browser that reads no more would hold its stream for ever. */
  private void guard() {
    try {
      while (!closed) {
        Thread.sleep(Stream.BEAT);
        streams.forEach(Stream::endIfStuck);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    warden.interrupt();
    streams.forEach(Stream::end);
  }
}
