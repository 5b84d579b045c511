package dev.faultline.node.relay;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A thread that serves connections: it waits until one of them can read or write, a timer is due,
 * or there is a task. All that a connection has belongs to the thread of its loop.
 */
final class Loop implements Runnable {

  /** What is told when a channel is ready. */
  interface Ready {
    void ready(SelectionKey key);
  }

  private final Selector selector;
  private final Waker waker;
  private final Thread thread;
  private final long mostHeld;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Timers timers = new Timers();
  private final Blocks blocks = new Blocks();
  private final Set<Connection> connections = new HashSet<>();
  private List<Active> faults = List.of();
  private long held;
  private volatile boolean over;

  /**
   * @param mostHeld how many bytes its connections may hold before each gets little room
   */
  Loop(String name, long mostHeld) throws IOException {
    this.selector = Selector.open();
    this.mostHeld = mostHeld;
    this.waker = Waker.start(selector, name + "-waker");
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this);
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    try {
      while (!over) {
        select();
        for (Runnable task; (task = tasks.poll()) != null; ) {
          task.run();
        }
        timers.run(Ticks.now());
      }
    } catch (IOException broken) {
      throw new IllegalStateException("the relay cannot wait for its sockets", broken);
    } finally {
      end();
    }
  }

  private void select() throws IOException {
    long next = timers.next();
    long left = next == Ticks.NEVER ? Ticks.NEVER : next - Ticks.now();
    if (!tasks.isEmpty() || left <= 0) {
      selector.selectNow(Loop::handle);
    } else {
      waker.set(next);
      selector.select(Loop::handle);
    }
  }

  private static void handle(SelectionKey key) {
    if (key.isValid() && key.attachment() instanceof Ready ready) {
      ready.ready(key);
    }
  }

  private void end() {
    over = true;
    tasks.forEach(Runnable::run);
    List.copyOf(connections).forEach(Connection::reset);
    for (SelectionKey key : selector.keys()) {
      close(key.channel());
    }
    close(selector);
    waker.close();
  }

  static void close(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception ended) {
      // It is of no use any more either way.
    }
  }

  /** Has the thread do something soon. Any thread may call this. */
  void post(Runnable task) {
    tasks.add(task);
    if (Thread.currentThread() != thread) {
      selector.wakeup();
    }
  }

  /** Has the thread end all connections and itself. Any thread may call this. */
  void close() {
    over = true;
    selector.wakeup();
  }

  /** Lets go of what it has; for one that was never started. */
  void discard() {
    end();
  }

  /** Waits until it has ended, at most so long. */
  void join(long millis) throws InterruptedException {
    thread.join(millis);
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  SelectionKey register(SelectableChannel channel, int ops, Ready ready) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, ops, ready);
  }

  Timers timers() {
    return timers;
  }

  Blocks blocks() {
    return blocks;
  }

  List<Active> faults() {
    return faults;
  }

  /** Puts these faults in force for all connections. */
  void apply(List<Active> changed) {
    faults = changed;
    List.copyOf(connections).forEach(connection -> connection.apply(changed));
  }

  void add(Connection connection) {
    connections.add(connection);
  }

  void remove(Connection connection) {
    connections.remove(connection);
  }

  /** Counts bytes that connections hold, or no longer hold when negative. */
  void hold(long bytes) {
    held += bytes;
  }

  /** Whether connections hold so much that each may have only a little more. */
  boolean isFull() {
    return held >= mostHeld;
  }
}
