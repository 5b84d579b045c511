package dev.faultline.load;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;

/** Connections to nobody, which answer every request at once; no packet is sent. */
final class CannedSockets extends SocketFactory {

  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  @Override
  public Socket createSocket() {
    return new Canned();
  }

  @Override
  public Socket createSocket(String host, int port) {
    return new Canned();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    return new Canned();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    return new Canned();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    return new Canned();
  }

  private static final class Canned extends Socket {

    private final InputStream answers = new Endless();

    @Override
    public void connect(SocketAddress address, int timeout) {}

    @Override
    public void setTcpNoDelay(boolean without) {}

    @Override
    public int getSoTimeout() {
      return 0;
    }

    @Override
    public InputStream getInputStream() {
      return answers;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }
  }

  /** One answer for each read, as the client reads only after it has asked. */
  private static final class Endless extends InputStream {

    private int next;

    @Override
    public int read() {
      return ANSWER[next++ % ANSWER.length];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int count = Math.min(length, ANSWER.length - next % ANSWER.length);
      System.arraycopy(ANSWER, next % ANSWER.length, bytes, offset, count);
      next += count;
      return count;
    }
  }
}
