package dev.faultline.node.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends what it is told, byte by byte. {@code |} stands for the end of a line. */
final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  static String lines(String text) {
    return text.replace("|", "\r\n");
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(lines(text).getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  RawClient endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads until this text has come, and returns all up to its end. */
  String until(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(lines(text)) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("ended after: " + read);
      }
      read.append((char) next);
    }
    return read.toString().replace("\r\n", "|");
  }

  /** All until the connection ends. */
  String untilEnd() throws IOException {
    byte[] all = socket.getInputStream().readAllBytes();
    return new String(all, StandardCharsets.ISO_8859_1).replace("\r\n", "|");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
