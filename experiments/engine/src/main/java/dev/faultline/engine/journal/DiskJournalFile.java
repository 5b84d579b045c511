package dev.faultline.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A journal in a file of mode 0600; room set aside is filled with zeros, which readers pass over.
 */
final class DiskJournalFile implements JournalFile {

  private static final int PIECE = 64 * 1024;

  private final FileChannel channel;
  private long end;
  private long reserved;

  private DiskJournalFile(FileChannel channel, long end) throws IOException {
    this.channel = channel;
    this.end = end;
    this.reserved = channel.size();
  }

  static DiskJournalFile create(Path file) throws IOException {
    return new DiskJournalFile(
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
        0);
  }

  /** Opens a journal whose valid part ends here, to write on. */
  static DiskJournalFile append(Path file, long end) throws IOException {
    return new DiskJournalFile(FileChannel.open(file, StandardOpenOption.WRITE), end);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    put(ByteBuffer.wrap(bytes), end);
    end += bytes.length;
  }

  private void put(ByteBuffer buffer, long position) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }

  @Override
  public void reserve(int bytes) throws IOException {
    while (reserved < end + bytes) {
      put(ByteBuffer.allocate(PIECE), reserved);
      reserved += PIECE;
    }
  }

  @Override
  public void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.truncate(end);
    channel.close();
  }
}
