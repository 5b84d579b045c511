package dev.faultline.node.host;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.faultline.node.packet.kernel.Calls;
import dev.faultline.node.packet.kernel.KernelException;
import dev.faultline.node.packet.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A file without a name: its space is free as soon as this process has ended. For one thread. */
final class NamelessFile {

  private static final int CURRENT_FOLDER = -100;
  private static final int READ_WRITE = 2;
  private static final int CREATE_NEW = 0100 | 0200;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int TEMPORARY = 020000000;
  private static final int OWNER_ONLY = 0600;
  private static final int IS_A_FOLDER = 21;
  private static final int NOT_SUPPORTED = 95;
  private static final int DO_NOT_NEED = 4;

  /** The most that is written or read at once, in bytes. */
  static final int BUFFER = 1 << 20;

  private final Calls calls = new Calls();
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER, Long.BYTES);
  private final int descriptor;
  private boolean allocates = true;
  private long length;

  private NamelessFile(Path folder) throws KernelException {
    this.descriptor = (int) open(folder);
  }

  /** Opens one that is empty. */
  static NamelessFile in(Path folder) throws KernelException {
    return new NamelessFile(folder);
  }

  private long open(Path folder) throws KernelException {
    try {
      return open(folder.toString(), TEMPORARY | folderFlag());
    } catch (KernelException refused) {
      if (refused.errno() != NOT_SUPPORTED && refused.errno() != IS_A_FOLDER) {
        throw refused;
      }
      return openAndUnlink(folder.resolve(".faultline-" + ProcessHandle.current().pid()));
    }
  }

  private long openAndUnlink(Path name) throws KernelException {
    long opened = open(name.toString(), CREATE_NEW);
    try (Arena arena = Arena.ofConfined()) {
      long _ =
          calls.make(
              "unlink " + name,
              SystemCall.UNLINKAT,
              CURRENT_FOLDER,
              arena.allocateFrom(name.toString()).address());
    }
    return opened;
  }

  private long open(String path, int how) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      return calls.make(
          "a file in " + path,
          SystemCall.OPENAT,
          CURRENT_FOLDER,
          arena.allocateFrom(path).address(),
          how | READ_WRITE | CLOSE_ON_EXEC,
          OWNER_ONLY);
    }
  }

  private static int folderFlag() {
    return System.getProperty("os.arch", "").equals("aarch64") ? 040000 : 0200000;
  }

  long length() {
    return length;
  }

  /**
   * Makes it longer, with space that is really taken.
   *
   * @throws KernelException when there is not so much; it may have become longer by a part
   */
  void grow(long bytes) throws KernelException {
    if (allocates) {
      try {
        long _ = calls.make("space", SystemCall.FALLOCATE, descriptor, 0, length, bytes);
        length += bytes;
        return;
      } catch (KernelException refused) {
        if (refused.errno() != NOT_SUPPORTED) {
          throw refused;
        }
        allocates = false;
      }
    }
    write(bytes);
  }

  /**
   * Writes one piece anew, at most a mebibyte, and waits until the disk has it.
   *
   * @param from where the piece begins, within the file
   */
  void rewrite(long from) throws KernelException {
    fillBuffer(from);
    long _ = at("write", SystemCall.PWRITE64, from);
    long _ = calls.make("wait for the disk", SystemCall.FDATASYNC, descriptor);
  }

  /** Has the kernel forget what it has in memory of the file. */
  void forget() throws KernelException {
    long _ = calls.make("forget pages", SystemCall.FADVISE64, descriptor, 0, 0, DO_NOT_NEED);
  }

  /** Reads one piece, at most a mebibyte, and says how long it was. */
  long read(long from) throws KernelException {
    return at("read", SystemCall.PREAD64, from);
  }

  private long at(String what, SystemCall call, long from) throws KernelException {
    return calls.make(
        what, call, descriptor, buffer.address(), Math.min(length - from, BUFFER), from);
  }

  private void fillBuffer(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (long at = 0; at < BUFFER; at += Long.BYTES) {
      buffer.set(JAVA_LONG, at, random.nextLong());
    }
  }

  /** Nothing that could be compressed. */
  private void write(long bytes) throws KernelException {
    for (long left = bytes; left > 0; ) {
      fillBuffer(length);
      long written =
          calls.make(
              "space", SystemCall.WRITE, descriptor, buffer.address(), Math.min(left, BUFFER));
      length += written;
      left -= written;
    }
  }
}
