package dev.faultline.environment.lives;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder that is made once and kept for later runs.
 *
 * <p>What is there is whole: it gets there by one rename, and those who want it at the same time,
 * in this program or in others, take turns.
 *
 * @param cache the absolute folder above it, which nothing but such folders may be in
 * @param name its name
 */
public record CachedFolder(Path cache, String name) {

  private static final String UNFINISHED = ".new-";

  /** Whether the folder that is there will do. */
  public interface Check {
    /** Looks at it; it may be missing. */
    boolean isGood(Path folder) throws InterruptedException;
  }

  /** Makes the folder. */
  public interface Maker {
    /**
     * Fills an empty folder, which is kept only when this returns.
     *
     * @throws IOException when it cannot be made
     */
    void make(Path folder) throws IOException, InterruptedException;
  }

  /** Where it is, or will be. */
  public Path path() {
    return cache.resolve(name);
  }

  /**
   * Makes the folder unless a good one is there, and returns it.
   *
   * @throws IOException when it cannot be made, or others have been making theirs for too long
   */
  public Path obtain(Check check, Maker maker, Deadline deadline)
      throws IOException, InterruptedException {
    Folders.createPrivate(cache);
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel, deadline)) {
      requireNonNull(lock);
      if (!check.isGood(path())) {
        removeLeftovers();
        replace(maker);
      }
      return path();
    }
  }

  private void replace(Maker maker) throws IOException, InterruptedException {
    Path fresh = Files.createTempDirectory(cache, UNFINISHED);
    try {
      maker.make(fresh);
      Folders.remove(path());
      Files.move(fresh, path(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.remove(fresh);
    }
  }

  /** Of programs that died meanwhile: nobody else makes anything while the lock is held. */
  private void removeLeftovers() throws IOException {
    try (Stream<Path> entries = Files.list(cache)) {
      for (Path entry : entries.toList()) {
        if (entry.getFileName().toString().startsWith(UNFINISHED)) {
          Folders.remove(entry);
        }
      }
    }
  }

  /** Waits for the lock by asking, since neither threads nor a deadline can be had otherwise. */
  private static FileLock lock(FileChannel channel, Deadline deadline)
      throws IOException, InterruptedException {
    while (!deadline.isOver()) {
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isPresent()) {
        return lock.get();
      }
      Thread.sleep(100);
    }
    throw new IOException("another run has been fetching it for too long");
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException heldByThisJvm) {
      return Optional.empty();
    }
  }
}
