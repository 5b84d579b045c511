package dev.faultline.node;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.faultline.node.packet.kernel.Calls;
import dev.faultline.node.packet.kernel.KernelException;
import dev.faultline.node.packet.kernel.SystemCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * How many descriptors another process may have: its soft limit of {@code RLIMIT_NOFILE}. The hard
 * limit is never touched, so that whoever may lower it may raise it again.
 *
 * <p>A process is checked to be the one that is meant right before its limit is changed, as the
 * kernel takes no more than a number; that leaves a gap of microseconds.
 *
 * @param limit above which number it gets none
 * @param open how many it has
 * @param free how many numbers below the limit are free
 */
public record Descriptors(long limit, long open, long free) {

  private static final int FILES = 7;
  private static final int NO_SUCH_PROCESS = 3;
  private static final long READ_ONLY = 0;

  /**
   * Those of a process; empty when it is gone.
   *
   * @throws IOException when they are not shown to us
   */
  public static Optional<Descriptors> of(ProcessIdentity process) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      if (process.state() == ProcessState.GONE) {
        return Optional.empty();
      }
      long limit = limits(arena, process, READ_ONLY).get(JAVA_LONG, 0);
      BitSet open = open(process);
      int below = open.get(0, (int) Math.min(limit, Integer.MAX_VALUE)).cardinality();
      return Optional.of(new Descriptors(limit, open.cardinality(), limit - below));
    } catch (IOException | UncheckedIOException refused) {
      return goneOr(process, refused);
    }
  }

  /**
   * Lets a process open so many more, and no others; what it has stays open.
   *
   * @return the limit it has then; empty when it is gone
   * @throws IOException when that is refused
   */
  public static Optional<Long> leave(ProcessIdentity process, int room) throws IOException {
    try {
      if (process.state() == ProcessState.GONE) {
        return Optional.empty();
      }
      BitSet open = open(process);
      int limit = open.nextClearBit(0);
      for (int left = room; left > 0; left--) {
        limit = open.nextClearBit(limit + 1);
      }
      return set(process, limit, false);
    } catch (IOException | UncheckedIOException refused) {
      return goneOr(process, refused);
    }
  }

  /**
   * Lets a process have at least so many, as far as its hard limit allows.
   *
   * @return the limit it has then; empty when it is gone
   * @throws IOException when that is refused
   */
  public static Optional<Long> giveBack(ProcessIdentity process, long limit) throws IOException {
    try {
      return process.state() == ProcessState.GONE ? Optional.empty() : set(process, limit, true);
    } catch (IOException | UncheckedIOException refused) {
      return goneOr(process, refused);
    }
  }

  /**
   * Lets this process have so many, beyond its hard limit too where it has the right to do so.
   *
   * @throws IOException when it has not
   */
  public static void needOwn(int number) throws IOException {
    ProcessIdentity self = ProcessIdentity.self();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limits = limits(arena, self, READ_ONLY);
      long most = limits.get(JAVA_LONG, Long.BYTES);
      limits.set(JAVA_LONG, 0, Math.max(limits.get(JAVA_LONG, 0), number));
      limits.set(JAVA_LONG, Long.BYTES, Math.max(most, number));
      try {
        MemorySegment _ = limits(arena, self, limits.address());
      } catch (KernelException refused) {
        throw new IOException(
            "%d descriptors are needed, and a process may have %d (ulimit -Hn)"
                .formatted(number, most),
            refused);
      }
    }
  }

  /** Loads and links what the others need, so that no file has to be opened for it later. */
  static void prepare() throws IOException {
    ProcessIdentity self = ProcessIdentity.self();
    long own = of(self).orElseThrow().limit();
    Optional<Long> _ = giveBack(self, own);
  }

  private static Optional<Long> set(ProcessIdentity process, long limit, boolean raise)
      throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limits = limits(arena, process, READ_ONLY);
      long now = limits.get(JAVA_LONG, 0);
      long most = limits.get(JAVA_LONG, Long.BYTES);
      long wanted = raise ? Math.max(now, Math.min(limit, most)) : Math.min(now, limit);
      limits.set(JAVA_LONG, 0, wanted);
      MemorySegment _ = limits(arena, process, limits.address());
      return Optional.of(wanted);
    }
  }

  /** The limits that it had; sets new ones unless their address is 0. */
  private static MemorySegment limits(Arena arena, ProcessIdentity process, long wanted)
      throws KernelException {
    MemorySegment had = arena.allocate(2 * Long.BYTES, Long.BYTES);
    long _ =
        new Calls()
            .make(
                "the limit of process " + process.pid(),
                SystemCall.PRLIMIT64,
                process.pid(),
                FILES,
                wanted,
                had.address());
    return had;
  }

  private static BitSet open(ProcessIdentity process) throws IOException {
    BitSet open = new BitSet();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
      for (Path one : all) {
        open.set(Integer.parseInt(String.valueOf(one.getFileName())));
      }
    }
    return open;
  }

  /** A process may end while it is looked at. */
  private static <T> Optional<T> goneOr(ProcessIdentity process, Exception refused)
      throws IOException {
    boolean noSuch = refused instanceof KernelException kernel && kernel.errno() == NO_SUCH_PROCESS;
    if (noSuch || process.state() == ProcessState.GONE) {
      return Optional.empty();
    }
    throw new IOException(String.valueOf(refused.getMessage()), refused);
  }
}
