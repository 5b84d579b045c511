package dev.faultline.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** An operating-system lock on a file: gone with the process that holds it, however it dies. */
public final class FileGuard implements Closeable {

  private final Path file;
  private final FileChannel channel;
  private final Set<Path> held;

  private FileGuard(Path file, FileChannel channel, Set<Path> held) {
    this.file = file;
    this.channel = channel;
    this.held = held;
  }

  /**
   * Takes the lock, or says that another process (or another run in this one) holds it.
   *
   * @param held the files that this process holds already: to open and close one of them again
   *     would give its lock away
   */
  static Optional<FileGuard> tryTake(Path file, Set<Path> held) throws IOException {
    if (!held.add(file)) {
      return Optional.empty();
    }
    Optional<FileGuard> taken = Optional.empty();
    try {
      taken = take(file, held);
      return taken;
    } finally {
      if (taken.isEmpty()) {
        held.remove(file);
      }
    }
  }

  private static Optional<FileGuard> take(Path file, Set<Path> held) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new FileGuard(file, channel, held));
      }
    } catch (OverlappingFileLockException elsewhere) {
      channel.close();
      return Optional.empty();
    }
    channel.close();
    return Optional.empty();
  }

  /** Gives the lock back. */
  @Override
  public void close() throws IOException {
    channel.close();
    held.remove(file);
  }
}
