package dev.faultline.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.io.CloseMode;

/**
 * Connections to one server. The one that was used last is used first, so that there are no more
 * than are needed. Beyond a bound nobody opens another one, but waits until one is free: thousands
 * that are opened at once after a stall would exhaust the ports of this machine. Thread-safe.
 */
final class Connections implements AutoCloseable {

  // Shorter than servers keep an idle connection, or their closing it would look like a failure.
  private static final Duration IDLE = Duration.ofSeconds(4);

  private record Idle(HttpClientConnection connection, long since) {

    boolean isOld() {
      return System.nanoTime() - since > IDLE.toNanos();
    }
  }

  private final LoadRequest server;
  private final SocketFactory sockets;
  private final SSLSocketFactory layers;
  private final HttpConnectionFactory<? extends HttpClientConnection> factory =
      DefaultBHttpClientConnectionFactory.builder().build();
  private final Semaphore free;
  private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /**
   * There is none yet.
   *
   * @param server scheme, host and port are taken from it
   * @param sockets makes them
   * @param layers secures them where the server's scheme is https
   * @param most how many may be in use at once
   */
  Connections(LoadRequest server, SocketFactory sockets, SSLSocketFactory layers, int most) {
    this.server = server;
    this.sockets = sockets;
    this.layers = layers;
    this.free = new Semaphore(most);
  }

  /**
   * One for an exchange alone, which must be given back.
   *
   * @throws SocketTimeoutException when the deadline of the exchange comes first
   */
  HttpClientConnection lease(Exchange exchange) throws IOException, InterruptedException {
    if (!free.tryAcquire(exchange.deadline() - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw new SocketTimeoutException("no connection is free");
    }
    boolean leased = false;
    try {
      HttpClientConnection connection = connection(exchange);
      leased = true;
      return connection;
    } finally {
      if (!leased) {
        free.release();
      }
    }
  }

  private HttpClientConnection connection(Exchange exchange) throws IOException {
    for (Idle kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      HttpClientConnection connection = kept.connection();
      if (connection.isOpen() && !kept.isOld()) {
        exchange.goesOver(() -> connection.close(CloseMode.IMMEDIATE));
        return connection;
      }
      connection.close(CloseMode.IMMEDIATE);
    }
    return open(exchange);
  }

  private HttpClientConnection open(Exchange exchange) throws IOException {
    InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException(server.host());
    }
    Socket socket = sockets.createSocket();
    exchange.goesOver(socket);
    boolean open = false;
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address);
      HttpClientConnection connection =
          server.secure()
              ? factory.createConnection(secured(socket), socket)
              : factory.createConnection(socket);
      open = true;
      return connection;
    } finally {
      if (!open) {
        socket.close();
      }
    }
  }

  /** Only with a certificate for the name that was asked for. */
  private SSLSocket secured(Socket plain) throws IOException {
    SSLSocket secured = (SSLSocket) layers.createSocket(plain, server.host(), server.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /**
   * Takes one back.
   *
   * @param again whether it can be used again
   */
  void giveBack(HttpClientConnection connection, boolean again) {
    if (again && !closed) {
      idle.addFirst(new Idle(connection, System.nanoTime()));
      Idle oldest = idle.peekLast();
      if ((closed || (oldest != null && oldest.isOld())) && idle.remove(oldest)) {
        oldest.connection().close(CloseMode.IMMEDIATE);
      }
    } else {
      connection.close(CloseMode.IMMEDIATE);
    }
    free.release();
  }

  /** Closes those that nobody uses, now and from now on. */
  @Override
  public void close() {
    closed = true;
    for (Idle kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      kept.connection().close(CloseMode.IMMEDIATE);
    }
  }
}
