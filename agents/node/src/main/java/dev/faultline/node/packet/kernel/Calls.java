package dev.faultline.node.packet.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls of the kernel by one thread. All go through {@code syscall} of the C library: a single
 * function is linked in a few milliseconds, a dozen are not. Not thread-safe.
 */
public final class Calls {

  private static final int MOST_ARGUMENTS = 6;

  private final MemorySegment errno = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

  /**
   * Makes a call.
   *
   * @param what was tried, for the error
   * @throws KernelException when it fails
   */
  public long make(String what, SystemCall call, long... arguments) throws KernelException {
    long[] all = new long[MOST_ARGUMENTS];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    long result = Native.call(errno, call.number(), all[0], all[1], all[2], all[3], all[4], all[5]);
    if (result < 0) {
      throw new KernelException(what, errno());
    }
    return result;
  }

  /** Makes a call that may fail: a negative result, and then {@link #errno()}. */
  long tryTo(long number, long a, long b, long c, long d, long e) {
    return Native.call(errno, number, a, b, c, d, e, 0);
  }

  /** The error of the last call that failed. */
  int errno() {
    return errno.get(JAVA_INT, 0);
  }

  /** Closes a descriptor, if it is open. */
  public void close(int descriptor) {
    long _ = tryTo(SystemCall.CLOSE.number(), descriptor, 0, 0, 0, 0);
  }

  /** Linked on first use. */
  @SuppressWarnings("restricted")
  private static final class Native {
    private static final MethodHandle CALL = link();

    private static MethodHandle link() {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker
              .defaultLookup()
              .find("syscall")
              .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no syscall")),
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
              JAVA_LONG),
          Linker.Option.firstVariadicArg(1),
          Linker.Option.captureCallState("errno"));
    }

    private static long call(
        MemorySegment errno, long number, long a, long b, long c, long d, long e, long f) {
      try {
        return (long) CALL.invokeExact(errno, number, a, b, c, d, e, f);
      } catch (Throwable impossible) {
        throw new LinkageError("syscall", impossible);
      }
    }
  }
}
