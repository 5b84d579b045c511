package dev.faultline.engine.journal;

import java.io.Closeable;
import java.io.IOException;

/** The bytes of a journal on a disk: the seam at which tests let the disk fail or the power go. */
public interface JournalFile extends Closeable {

  /** Writes at the end; the bytes may still be lost with the machine. */
  void write(byte[] bytes) throws IOException;

  /** Returns when everything written is safe. */
  void force() throws IOException;

  /**
   * Sets aside room, so that this many bytes can be written however full the disk gets.
   *
   * @throws IOException when the disk has no such room
   */
  void reserve(int bytes) throws IOException;

  /** Gives back the room set aside. */
  @Override
  void close() throws IOException;
}
