package dev.faultline.benchmarks.journal;

import dev.faultline.engine.journal.JournalFile;
import java.io.IOException;

/** A journal whose disk says at once that all is safe. */
record Unforced(JournalFile file) implements JournalFile {

  @Override
  public void write(byte[] bytes) throws IOException {
    file.write(bytes);
  }

  @Override
  public void force() {}

  @Override
  public void reserve(int bytes) throws IOException {
    file.reserve(bytes);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
