package dev.faultline.node;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * Signals through a pid file descriptor, which stays bound to one process whatever happens to its
 * pid: it is opened, the identity is checked, and only then is the signal sent through it.
 */
final class PidFd {

  private static final long PIDFD_SEND_SIGNAL = 424;
  private static final long PIDFD_OPEN = 434;
  private static final ProcessIdentity NOBODY =
      new ProcessIdentity("00000000-0000-0000-0000-000000000000", 1, 0);
  private static final int EPERM = 1;
  private static final int ESRCH = 3;

  private PidFd() {}

  /** Loads what signalling needs without linking it; returns how many classes that are. */
  static int load() {
    return List.of(PidFd.class, Native.class).size();
  }

  /** Does beforehand what otherwise makes the first signal some tenths of a second late. */
  static void link() {
    Optional<SignalResult> _ = signal(NOBODY, PosixSignal.CONT);
  }

  /** Empty when pid file descriptors cannot be used here, so that another way must be taken. */
  static Optional<SignalResult> signal(ProcessIdentity identity, PosixSignal signal) {
    // Asked first, so that a JVM without the permission prints no warning.
    if (!PidFd.class.getModule().isNativeAccessEnabled()) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
      long descriptor = Native.syscall(errno, PIDFD_OPEN, identity.pid(), 0, 0, 0);
      if (descriptor < 0) {
        return errno.get(JAVA_INT, 0) == ESRCH
            ? Optional.of(new SignalResult.Gone())
            : Optional.empty();
      }
      try {
        return Optional.of(send(errno, descriptor, identity, signal));
      } finally {
        Native.close(errno, descriptor);
      }
    } catch (LinkageError | UnsupportedOperationException unavailable) {
      return Optional.empty();
    }
  }

  private static SignalResult send(
      MemorySegment errno, long descriptor, ProcessIdentity identity, PosixSignal signal) {
    if (identity.state() == ProcessState.GONE) {
      return new SignalResult.Gone();
    }
    if (Native.syscall(errno, PIDFD_SEND_SIGNAL, descriptor, signal.number(), 0, 0) == 0) {
      return new SignalResult.Sent();
    }
    return switch (errno.get(JAVA_INT, 0)) {
      case ESRCH -> new SignalResult.Gone();
      case EPERM -> new SignalResult.Denied("not permitted to signal process " + identity.pid());
      default -> new SignalResult.Denied("pidfd_send_signal: errno " + errno.get(JAVA_INT, 0));
    };
  }

  /** Linked on first use: linking costs more than everything else here. */
  @SuppressWarnings("restricted")
  private static final class Native {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SYSCALL =
        LINKER.downcallHandle(
            symbol("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle CLOSE =
        LINKER.downcallHandle(
            symbol("close"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT),
            Linker.Option.captureCallState("errno"));

    private static MemorySegment symbol(String name) {
      return LINKER.defaultLookup().find(name).orElseThrow(() -> new UnsatisfiedLinkError(name));
    }

    static long syscall(MemorySegment errno, long number, long a, long b, long c, long d) {
      try {
        return (long) SYSCALL.invokeExact(errno, number, a, b, c, d);
      } catch (Throwable impossible) {
        throw new LinkageError("syscall", impossible);
      }
    }

    static void close(MemorySegment errno, long descriptor) {
      try {
        int ignored = (int) CLOSE.invokeExact(errno, (int) descriptor);
      } catch (Throwable impossible) {
        throw new LinkageError("close", impossible);
      }
    }
  }
}
