package dev.faultline.node.packet.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Holds threads of other processes still by tracing them. All must be done by one platform thread:
 * the kernel lets go of all that it traces when that thread ends, or its process, however it ends.
 * No signal makes them go on meanwhile but that which ends them.
 *
 * <p>It takes CAP_SYS_PTRACE where they are of another user.
 */
public final class Tracing {

  private static final int SEIZE = 0x4206;
  private static final int INTERRUPT = 0x4207;

  /** What the threads begin while they are not yet held is held, too. */
  private static final int WITH_WHAT_THEY_BEGIN = 0x2 | 0x4 | 0x8;

  private static final int ANY = -1;
  private static final int NOT_WAITING = 0x1;
  private static final int OF_THIS_THREAD = 0x2000_0000;
  private static final int OF_ALL_KINDS = 0x4000_0000;
  private static final int KIND = 0x7f;
  private static final int STOPPED = 0x7f;

  /**
   * What became of a thread.
   *
   * @param thread its number
   * @param still whether it is held now, else it has ended
   */
  public record Event(long thread, boolean still) {}

  private final Calls calls = new Calls();

  /**
   * Begins to trace a thread, and asks it to stand still, of which an {@link #next() event} tells.
   *
   * @return whether it is traced; not when it has ended, or when somebody traces it already
   * @throws KernelException when that is not permitted
   */
  public boolean hold(long thread) throws KernelException {
    if (calls.tryTo(SystemCall.PTRACE.number(), SEIZE, thread, 0, WITH_WHAT_THEY_BEGIN, 0) < 0) {
      if (calls.errno() == Errno.ESRCH || calls.errno() == Errno.EPERM) {
        return false;
      }
      throw new KernelException("to trace a process", calls.errno());
    }
    // It fails only when the thread has ended by now, of which an event tells.
    long _ = calls.tryTo(SystemCall.PTRACE.number(), INTERRUPT, thread, 0, 0, 0);
    return true;
  }

  /** What happened next to what is traced, also to what it has begun; empty when nothing did. */
  public Optional<Event> next() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      int options = NOT_WAITING | OF_THIS_THREAD | OF_ALL_KINDS;
      long thread = calls.tryTo(SystemCall.WAIT4.number(), ANY, status.address(), options, 0, 0);
      return thread <= 0
          ? Optional.empty()
          : Optional.of(new Event(thread, (status.get(JAVA_INT, 0) & KIND) == STOPPED));
    }
  }
}
