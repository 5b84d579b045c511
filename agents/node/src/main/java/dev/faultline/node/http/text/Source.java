package dev.faultline.node.http.text;

import java.io.EOFException;
import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that come in, with a look ahead. For one thread at a time. */
public final class Source {

  private static final int SIZE = 16 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[SIZE];
  private Flushable beforeWaiting = () -> {};
  private int next;
  private int end;

  public Source(InputStream in) {
    this.in = in;
  }

  /** What was written there is sent before this waits for more. Until the next call of this. */
  public void flushBeforeWaiting(Flushable out) {
    beforeWaiting = out;
  }

  /** The next byte, which stays; -1 at the end. Waits for it. */
  public int peek() throws IOException {
    return next < end || fill() ? buffer[next] & 0xff : -1;
  }

  /** The next byte; -1 at the end. Waits for it. */
  public int read() throws IOException {
    return next < end || fill() ? buffer[next++] & 0xff : -1;
  }

  /** As {@link InputStream#read(byte[], int, int)}. */
  public int read(byte[] into, int offset, int length) throws IOException {
    if (next == end && !fill()) {
      return -1;
    }
    int count = Math.min(length, end - next);
    System.arraycopy(buffer, next, into, offset, count);
    next += count;
    return count;
  }

  /**
   * Fills the whole array.
   *
   * @throws EOFException at the end
   */
  public void readFully(byte[] into) throws IOException {
    for (int got = 0; got < into.length; ) {
      int count = read(into, got, into.length - got);
      if (count < 0) {
        throw new EOFException("ended after %d of %d bytes".formatted(got, into.length));
      }
      got += count;
    }
  }

  /**
   * Whether it begins with these bytes, which stay. Reads no further than that is decided.
   *
   * @param prefix shorter than what it can look ahead
   */
  public boolean beginsWith(byte[] prefix) throws IOException {
    for (int i = 0; i < prefix.length; i++) {
      if (next + i == end && !fillMore()) {
        return false;
      }
      if (buffer[next + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean fill() throws IOException {
    next = 0;
    end = 0;
    return fillMore();
  }

  private boolean fillMore() throws IOException {
    beforeWaiting.flush();
    int count = in.read(buffer, end, buffer.length - end);
    if (count > 0) {
      end += count;
    }
    return count > 0;
  }
}
