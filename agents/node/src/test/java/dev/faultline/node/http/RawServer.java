package dev.faultline.node.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server of which a test says byte by byte what it answers. {@code |} ends a line. */
final class RawServer implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();

  RawServer() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = door.accept();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        accepted.add(socket);
      }
    } catch (IOException closed) {
      accepted.forEach(RawServer::close);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
  }

  /** The next connection that somebody has opened. */
  Socket connection() throws InterruptedException {
    Socket next = accepted.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new AssertionError("nobody has connected");
    }
    return next;
  }

  boolean hasConnection() {
    return !accepted.isEmpty();
  }

  static String read(Socket socket, String until) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(RawClient.lines(until)) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("ended after: " + read);
      }
      read.append((char) next);
    }
    return read.toString().replace("\r\n", "|");
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(RawClient.lines(text).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException ended) {
      throw new AssertionError(ended);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
