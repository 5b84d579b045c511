package dev.faultline.environment.load;

import dev.faultline.environment.request.UserRequest;
import dev.faultline.model.environment.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Request;
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

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
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
   * @param url the address, with nothing left to replace
   * @param connections how many connections may be open at once; never more than 1,024
   * @throws IllegalArgumentException when there can be no such request
   */
  static HttpSender to(Load load, String url, int connections) {
    return new HttpSender(load, url, connections, SocketFactory.getDefault(), trusted());
  }

  /** The same, with nobody at the other end; see {@link CannedSockets}. */
  static HttpSender toNobody(Load load, String url, int connections) {
    return new HttpSender(load, url, connections, new CannedSockets(), trusted());
  }

  /** Where Java trusts. */
  private static SSLSocketFactory trusted() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  HttpSender(
      Load load, String url, int connections, SocketFactory sockets, SSLSocketFactory layers) {
    Request checked = request(load, url, Map.of());
    this.timeout = load.timeout().orElse(TIMEOUT);
    this.request = WireRequest.of(checked, load.body());
    this.tagged =
        WireRequest.of(
            request(load, url, load.tagged().map(Load.Tagged::headers).orElse(Map.of())),
            load.body());
    this.connections =
        new Connections(checked.url(), sockets, layers, Math.min(connections, MOST_CONNECTIONS));
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

  private static Request request(Load load, String url, Map<String, String> tags) {
    Map<String, String> headers = new HashMap<>(load.headers());
    headers.putAll(tags);
    return new UserRequest(
            url, load.method().orElse("GET").toUpperCase(Locale.ROOT), headers, load.body())
        .built();
  }
}
