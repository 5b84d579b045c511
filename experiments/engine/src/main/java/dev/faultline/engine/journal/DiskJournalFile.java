package dev.faultline.engine.journal;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A journal in a file of mode 0600; room set aside is filled with zeros, which readers pass over.
 */
final class DiskJournalFile implements JournalFile {

  private static final int PIECE = 64 * 1024;

  // A channel would be closed by an interrupt of the thread that records, and the journal be lost.
  private final RandomAccessFile file;
  private long end;
  private long reserved;

  private DiskJournalFile(Path path, long end) throws IOException {
    this.file = new RandomAccessFile(new File(path.toString()), "rw");
    this.end = end;
    this.reserved = file.length();
  }

  static DiskJournalFile create(Path path) throws IOException {
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return new DiskJournalFile(path, 0);
  }

  /** Opens a journal whose valid part ends here, to write on; what follows is blanked. */
  static DiskJournalFile append(Path path, long end) throws IOException {
    DiskJournalFile journal = new DiskJournalFile(path, end);
    try {
      journal.blank();
      return journal;
    } catch (IOException failed) {
      journal.file.close();
      throw failed;
    }
  }

  private void blank() throws IOException {
    for (long at = end; at < reserved; at += PIECE) {
      put(new byte[(int) Math.min(PIECE, reserved - at)], at);
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    put(bytes, end);
    end += bytes.length;
  }

  private void put(byte[] bytes, long position) throws IOException {
    file.seek(position);
    file.write(bytes);
  }

  @Override
  public void reserve(int bytes) throws IOException {
    while (reserved < end + bytes) {
      put(new byte[PIECE], reserved);
      reserved += PIECE;
    }
  }

  @Override
  public void force() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    try (RandomAccessFile closing = file) {
      closing.setLength(end);
    }
  }
}
