package dev.faultline.node.http.text;

import dev.faultline.node.http.message.Fields;
import java.io.EOFException;
import java.io.IOException;

/** A body in chunks (RFC 9112, 7.1); extensions are dropped. Lines end with CR LF, no less. */
final class Chunks implements Body {

  private static final int LINE = 4096;
  private static final int DIGITS = 15;

  private final Source source;
  private long left;
  private boolean begun;
  private boolean ended;
  private Fields trailers = Fields.NONE;

  Chunks(Source source) {
    this.source = source;
  }

  @Override
  public int read(byte[] into) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = source.read(into, 0, (int) Math.min(into.length, left));
    if (count < 0) {
      throw new EOFException("ended within a chunk");
    }
    left -= count;
    return count;
  }

  @Override
  public Fields trailers() {
    return trailers;
  }

  private void nextChunk() throws IOException {
    if (begun) {
      expect('\r');
      expect('\n');
    }
    begun = true;
    left = size();
    if (left == 0) {
      ended = true;
      trailers = HeadReader.trailers(source);
    }
  }

  private long size() throws IOException {
    long size = 0;
    int digits = 0;
    int next = next();
    for (int digit = Character.digit(next, 16); digit >= 0; digit = Character.digit(next, 16)) {
      if (++digits > DIGITS) {
        throw MalformedHttp.bad("a chunk that is too large");
      }
      size = 16 * size + digit;
      next = next();
    }
    if (digits == 0) {
      throw MalformedHttp.bad("a chunk without a size");
    }
    skipExtension(next);
    expect('\n');
    return size;
  }

  private void skipExtension(int first) throws IOException {
    if (first != '\r' && first != ';' && first != ' ' && first != '\t') {
      throw MalformedHttp.bad("a chunk whose size is not a number");
    }
    int skipped = 0;
    for (int next = first; next != '\r'; next = next()) {
      if (next == '\n' || ++skipped > LINE) {
        throw MalformedHttp.bad("a line before a chunk that does not end");
      }
    }
  }

  private void expect(char wanted) throws IOException {
    if (next() != wanted) {
      throw MalformedHttp.bad("a chunk that does not end where it says");
    }
  }

  private int next() throws IOException {
    int next = source.read();
    if (next < 0) {
      throw new EOFException("ended between chunks");
    }
    return next;
  }
}
