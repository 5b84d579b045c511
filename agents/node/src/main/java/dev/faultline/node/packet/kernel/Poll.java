package dev.faultline.node.packet.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Waits until a packet comes, it is woken, or it is time. One thread waits; any may wake it. */
public final class Poll implements AutoCloseable {

  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int AT_ONCE = 0x800;
  private static final int FIRST_ROOM = 64;
  private static final int ENTRY = 8;
  private static final short READABLE = 1;
  private static final long NANOS = 1_000_000_000L;
  private static final long LONGEST = NANOS;

  private final Calls calls;
  private final int event;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment time = arena.allocate(2 * Long.BYTES, Long.BYTES);
  private final MemorySegment counter = arena.allocate(Long.BYTES, Long.BYTES);
  private final long number = SystemCall.PPOLL.number();
  private MemorySegment entries = room(FIRST_ROOM);
  private boolean closed;

  private Poll(Calls calls, int event) {
    this.calls = calls;
    this.event = event;
  }

  static Poll open(Calls calls) throws KernelException {
    return new Poll(
        calls, (int) calls.make("an event", SystemCall.EVENTFD2, 0, CLOSE_ON_EXEC | AT_ONCE));
  }

  /**
   * Waits.
   *
   * @param queues of which a packet ends the wait
   * @param nanos at most so long, and at most a second; not at all when not positive
   */
  public void await(List<PacketQueue> queues, long nanos) throws KernelException {
    long left = Math.clamp(nanos, 0, LONGEST);
    time.set(JAVA_LONG, 0, left / NANOS);
    time.set(JAVA_LONG, Long.BYTES, left % NANOS);
    if ((queues.size() + 1L) * ENTRY > entries.byteSize()) {
      entries = room(2 * (queues.size() + 1));
    }
    entry(0, event);
    int count = 1;
    for (int i = 0; i < queues.size(); i++) {
      entry(count++, queues.get(i).descriptor());
    }
    long ready = calls.tryTo(number, entries.address(), count, time.address(), 0, 0);
    if (ready < 0 && calls.errno() != Errno.EINTR) {
      throw new KernelException("waiting for packets", calls.errno());
    }
    if (ready > 0 && entries.get(JAVA_SHORT, 6) != 0) {
      long _ = calls.tryTo(SystemCall.READ.number(), event, counter.address(), Long.BYTES, 0, 0);
    }
  }

  private static MemorySegment room(int count) {
    return Arena.ofAuto().allocate((long) ENTRY * count, Long.BYTES);
  }

  private void entry(int place, int descriptor) {
    entries.set(JAVA_INT, (long) place * ENTRY, descriptor);
    entries.set(JAVA_INT, (long) place * ENTRY + 4, READABLE);
  }

  /** Has the wait end, or the next one if there is none. */
  public synchronized void wake() {
    if (closed) {
      return;
    }
    try (Arena confined = Arena.ofConfined()) {
      MemorySegment one = confined.allocateFrom(JAVA_LONG, 1);
      long _ = new Calls().tryTo(SystemCall.WRITE.number(), event, one.address(), Long.BYTES, 0, 0);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    calls.close(event);
    arena.close();
  }
}
