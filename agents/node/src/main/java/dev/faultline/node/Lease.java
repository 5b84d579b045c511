package dev.faultline.node;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * How long a fault may live without its controller: a file with a counter that the controller keeps
 * changing, and that a {@link Fuse} watches with its own clock. No time is ever written to it.
 *
 * <p>Guarantees: the file belongs to its owner alone (0600); a renewal overwrites a record of fixed
 * length in place with one write, so it succeeds on a full disk (not on file systems that copy on
 * write, such as btrfs: put leases on tmpfs, {@code /run} or {@code /dev/shm}); an interrupt does
 * not break it. Keep the file off any disk that is itself disturbed. Thread-safe.
 */
public final class Lease implements AutoCloseable {

  // A channel would be closed by an interrupt of the thread that renews, and so fire the fuse.
  private final RandomAccessFile file;
  private final Path path;
  private LeaseRecord current;

  private Lease(Path path) throws IOException {
    this.path = path;
    this.file = new RandomAccessFile(new File(path.toString()), "rw");
    this.current = new LeaseRecord(1, false);
  }

  /**
   * Creates the lease file, held, with counter 1 and its space allocated.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is a file already
   * @throws IOException when it cannot be written
   */
  public static Lease create(Path path) throws IOException {
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Lease lease = new Lease(path);
    try {
      lease.write(lease.current);
      lease.file.getFD().sync();
      return lease;
    } catch (IOException failure) {
      lease.close();
      Files.deleteIfExists(path);
      throw failure;
    }
  }

  /** What the file says now. Never throws: what cannot be read is {@code Unreadable}. */
  public static LeaseState read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return LeaseRecord.parse(in.readNBytes(LeaseRecord.LENGTH + 1));
    } catch (NoSuchFileException missing) {
      return new LeaseState.Missing();
    } catch (IOException failure) {
      return new LeaseState.Unreadable(failure.toString());
    }
  }

  /** Where the file is. */
  public Path path() {
    return path;
  }

  /**
   * Changes the counter, and returns it.
   *
   * @throws IllegalStateException after {@link #release()}
   * @throws IOException when the file could not be written: the fuse will fire
   */
  public synchronized long renew() throws IOException {
    if (current.released()) {
      throw new IllegalStateException("released: " + path);
    }
    write(new LeaseRecord(current.counter() + 1, false));
    return current.counter();
  }

  /**
   * Says for good that everything is undone; every fuse that watches ends without acting. Repeating
   * it changes nothing. The file stays: removing it while a fuse still watches would fire that
   * fuse.
   */
  public synchronized void release() throws IOException {
    if (!current.released()) {
      write(new LeaseRecord(current.counter() + 1, true));
    }
  }

  /** Gives up the file handle without releasing: from now on nobody renews. */
  @Override
  public void close() throws IOException {
    file.close();
  }

  private void write(LeaseRecord next) throws IOException {
    file.seek(0);
    file.write(next.bytes());
    current = next;
  }
}
