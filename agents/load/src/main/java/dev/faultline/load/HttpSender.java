package dev.faultline.load;

import java.io.IOException;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/**
 * Sends the request of a load over HTTP/1.1, each exactly once: nothing is repeated and no redirect
 * followed, so that every failure is seen. Thread-safe.
 */
final class HttpSender implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 1024;
  private static final Outcome TOO_LATE = new Outcome.Failure("timeout");

  private final HttpRequestExecutor executor = new HttpRequestExecutor();
  private final ClassicHttpRequest request;
  private final ClassicHttpRequest tagged;
  private final Duration timeout;
  private final Deadlines deadlines;
  private final Connections connections;

  /**
   * Prepares the request.
   *
   * @param connections how many connections may be open at once; never more than 1,024
   */
  static HttpSender to(LoadOrder order, int connections) {
    return new HttpSender(order, connections, SocketFactory.getDefault(), trusted());
  }

  /** The same, with nobody at the other end; see {@link CannedSockets}. */
  static HttpSender toNobody(LoadOrder order, int connections) {
    return new HttpSender(order, connections, new CannedSockets(), trusted());
  }

  /** Where Java trusts. */
  private static SSLSocketFactory trusted() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  HttpSender(LoadOrder order, int connections, SocketFactory sockets, SSLSocketFactory layers) {
    this.timeout = order.timeout();
    this.request = WireRequest.of(order.plain());
    this.tagged = order.tagged().map(WireRequest::of).orElse(request);
    this.connections =
        new Connections(order.plain(), sockets, layers, Math.min(connections, MOST_CONNECTIONS));
    this.deadlines = new Deadlines(timeout);
  }

  /** Within which every request ends. */
  Duration timeout() {
    return timeout;
  }

  /**
   * Sends it once, with the headers of the tagged ones or without, and takes the answer to its end;
   * whatever goes wrong is an outcome.
   */
  Outcome send(boolean withTag) {
    Exchange exchange = deadlines.begin();
    try {
      Outcome outcome = exchange(exchange, withTag ? tagged : request);
      return exchange.isLate() ? TOO_LATE : outcome;
    } catch (IOException failure) {
      return exchange.isLate() ? TOO_LATE : Outcome.of(failure);
    } catch (HttpException | RuntimeException unforeseen) {
      return Outcome.of(unforeseen);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return TOO_LATE;
    } finally {
      exchange.finish();
    }
  }

  private Outcome exchange(Exchange exchange, ClassicHttpRequest wanted)
      throws IOException, HttpException, InterruptedException {
    HttpClientConnection connection = connections.lease(exchange);
    boolean again = false;
    try {
      HttpCoreContext context = HttpCoreContext.create();
      ClassicHttpResponse response = executor.execute(wanted, connection, context);
      EntityUtils.consume(response.getEntity());
      again = executor.keepAlive(wanted, response, connection, context) && exchange.finish();
      return Outcome.of(response.getCode());
    } finally {
      connections.giveBack(connection, again);
    }
  }

  /** Cuts off what is under way. */
  void cancel() {
    deadlines.endAll();
  }

  @Override
  public void close() {
    connections.close();
    deadlines.close();
  }
}
