package dev.faultline.node.http;

import dev.faultline.node.http.text.Source;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** A connection to one side. Reading is for one thread, writing for one other. */
final class Wire {

  private static final int BUFFER = 16 << 10;
  private static final int FAREWELL_MILLIS = 1000;
  private static final int FAREWELL_BYTES = 1 << 20;

  private final Socket raw;
  private final Socket spoken;
  private final Source in;
  private final OutputStream out;

  /**
   * @param raw what was connected
   * @param spoken the same, or TLS over it
   */
  Wire(Socket raw, Socket spoken) throws IOException {
    this.raw = raw;
    this.spoken = spoken;
    raw.setTcpNoDelay(true);
    this.in = new Source(spoken.getInputStream());
    this.out = new BufferedOutputStream(spoken.getOutputStream(), BUFFER);
  }

  Source in() {
    return in;
  }

  /** Buffered. */
  OutputStream out() {
    return out;
  }

  /**
   * @param millis how long a read waits at most; 0 for ever
   */
  void patience(int millis) throws IOException {
    raw.setSoTimeout(millis);
  }

  /** Says that nothing more will be sent. */
  void endOutput() throws IOException {
    out.flush();
    spoken.shutdownOutput();
  }

  /**
   * Ends it after an answer that the other side may not have waited for: what it still sends is
   * dropped for a moment, as a reset would make it lose the answer. At most a second.
   */
  void finish() {
    try {
      endOutput();
      raw.setSoTimeout(FAREWELL_MILLIS / 4);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL_MILLIS);
      InputStream rest = raw.getInputStream();
      byte[] dropped = new byte[BUFFER];
      int read = 0;
      for (int sum = 0; read >= 0 && sum < FAREWELL_BYTES; sum += read) {
        read = rest.read(dropped);
        if (System.nanoTime() - end > 0) {
          break;
        }
      }
    } catch (IOException late) {
      // It was a courtesy.
    }
    close();
  }

  /** Ends both directions. */
  void close() {
    try {
      raw.close();
    } catch (IOException ended) {
      // It is closed either way.
    }
  }

  /** Ends both directions at once; the other side sees a reset. */
  void reset() {
    try {
      raw.setSoLinger(true, 0);
    } catch (IOException ended) {
      // Then there is nothing to be cut short.
    }
    close();
  }
}
