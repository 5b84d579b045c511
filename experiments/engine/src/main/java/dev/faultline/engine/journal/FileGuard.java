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

  private final FileChannel channel;

  private FileGuard(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, or says that another process (or another run in this one) holds it. */
  static Optional<FileGuard> tryTake(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new FileGuard(channel));
      }
    } catch (OverlappingFileLockException held) {
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
  }
}
