package dev.faultline.environment.route;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A customer that keeps a connection busy, and tries nothing twice: what is lost with a connection
 * counts. Of one thread; the figures may be read by others.
 */
final class KeptAlive {

  private final int port;
  private volatile boolean over;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();

  KeptAlive(int port) {
    this.port = port;
  }

  long answered() {
    return answered.get();
  }

  long lost() {
    return lost.get();
  }

  void end() {
    over = true;
  }

  /** Asks until the end. */
  void ask() {
    while (!over) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(10_000);
        useUp(socket);
      } catch (IOException gone) {
        lost.incrementAndGet();
      }
    }
  }

  private void useUp(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    boolean kept = true;
    while (kept && !over) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: shop\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      kept = answer(in);
      answered.incrementAndGet();
    }
  }

  /** Reads one, and says whether the connection stays. */
  private static boolean answer(BufferedReader in) throws IOException {
    String status = in.readLine();
    if (status == null || !status.startsWith("HTTP/1.1 200 ")) {
      throw new IOException("not answered: " + status);
    }
    boolean kept = true;
    int length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      kept &= !line.equals("Connection: close");
      length = line.startsWith("Content-Length: ") ? Integer.parseInt(line.substring(16)) : length;
    }
    for (int left = length; left > 0; left--) {
      if (in.read() < 0) {
        throw new IOException("cut off");
      }
    }
    return kept;
  }
}
