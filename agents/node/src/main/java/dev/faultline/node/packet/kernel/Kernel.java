package dev.faultline.node.packet.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The kernel as one thread sees it: what is opened belongs to the network namespace that the thread
 * has entered, and is used by that thread alone.
 */
public final class Kernel {

  private static final int CURRENT_FOLDER = -100;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int NETWORK_NAMESPACE = 0x4000_0000;
  private static final int CONTROL_GROUPS_NAMESPACE = 0x0200_0000;
  private static final int SET_DEATH_OF_PARENT = 1;
  private static final int SET_TIMER_SLACK = 29;
  private static final int THIS_THREAD = 0;
  private static final int AHEAD = -15;
  private static final int MONOTONIC = 1;
  private static final int KILL = 9;
  private static final int EVENT_BYTES = 64;
  private static final long NANOS = 1_000_000_000L;

  private final Calls calls = new Calls();

  /**
   * Has this thread, for good, see the network of a namespace; so it must be a platform thread of
   * its own.
   *
   * @param namespace such as {@code /run/netns/shop} or {@code /proc/4711/ns/net}
   */
  public void enter(Path namespace) throws KernelException {
    enter("the network namespace " + namespace, namespace, NETWORK_NAMESPACE);
  }

  /**
   * Has this thread, for good, see the control groups of a namespace, and move processes among
   * them, as far as it may.
   */
  public void enterControlGroups(Path namespace) throws KernelException {
    enter("the control groups of " + namespace, namespace, CONTROL_GROUPS_NAMESPACE);
  }

  private void enter(String what, Path namespace, int kind) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      long descriptor =
          calls.make(
              what,
              SystemCall.OPENAT,
              CURRENT_FOLDER,
              arena.allocateFrom(namespace.toString()).address(),
              CLOSE_ON_EXEC);
      try {
        calls.make(what, SystemCall.SETNS, descriptor, kind);
      } finally {
        calls.close((int) descriptor);
      }
    }
  }

  /**
   * Has this thread, for good, see a new network that nobody else is in, and that is gone with the
   * last who uses it; so it must be a platform thread of its own.
   */
  public void leaveNetwork() throws KernelException {
    calls.make("a network of its own", SystemCall.UNSHARE, NETWORK_NAMESPACE);
  }

  /** Has the kernel kill this process when the thread ends that has started it. */
  public void dieWithParent() throws KernelException {
    calls.make("an end with its parent", SystemCall.PRCTL, SET_DEATH_OF_PARENT, KILL);
  }

  /** Has this thread wake up when it wants to, not up to 50 µs later. */
  public void wakeExactly() throws KernelException {
    calls.make("exact timers", SystemCall.PRCTL, SET_TIMER_SLACK, 1);
  }

  /**
   * Has this thread go before others that want the processor, where it may: what is late by a busy
   * machine is late for all packets.
   */
  public void goFirst() {
    long _ = calls.tryTo(SystemCall.SETPRIORITY.number(), THIS_THREAD, 0, AHEAD, 0, 0);
  }

  /** Makes a table, which lives as long as it is open. */
  public Table table(String name, Duration lease) throws KernelException {
    return Table.create(calls, name, lease);
  }

  /** Takes a queue that nobody has. */
  public PacketQueue queue(int firstTry, PacketQueue.Needs needs) throws KernelException {
    return PacketQueue.open(calls, firstTry, needs);
  }

  /** What waits for queues. */
  public Poll poll() throws KernelException {
    return Poll.open(calls);
  }

  /** What sends packets that carry this mark. */
  public PacketSender sender(int mark) throws KernelException {
    return PacketSender.open(calls, mark);
  }

  /**
   * Arms a timer of the kernel that kills this process, even when it is stopped or hangs.
   *
   * @return its number, for {@link #postpone}
   */
  public int armDeath(Duration after) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EVENT_BYTES, Long.BYTES);
      event.set(JAVA_INT, Long.BYTES, KILL);
      MemorySegment timer = arena.allocate(Long.BYTES, Long.BYTES);
      calls.make("a timer", SystemCall.TIMER_CREATE, MONOTONIC, event.address(), timer.address());
      int number = timer.get(JAVA_INT, 0);
      postpone(number, after);
      return number;
    }
  }

  /** Sets the timer anew. */
  public void postpone(int timer, Duration after) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment times = arena.allocate(4 * Long.BYTES, Long.BYTES);
      times.set(JAVA_LONG, 16, after.toNanos() / NANOS);
      times.set(JAVA_LONG, 24, after.toNanos() % NANOS);
      calls.make("a timer", SystemCall.TIMER_SETTIME, timer, 0, times.address());
    }
  }

  /** Ends a timer. */
  public void forget(int timer) throws KernelException {
    calls.make("a timer", SystemCall.TIMER_DELETE, timer);
  }
}
