package dev.faultline.environment.load;

import dev.faultline.environment.request.UserRequest;
import dev.faultline.model.environment.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Okio;

/**
 * Sends the request of a load, each exactly once: nothing is repeated and no redirect followed, so
 * that every failure is seen. Thread-safe.
 */
final class HttpSender implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  // Shorter than servers keep an idle connection, or their closing it would look like a failure.
  private static final Duration IDLE = Duration.ofSeconds(4);

  private final OkHttpClient client;
  private final Request request;
  private final Request tagged;
  private final Duration timeout;

  /**
   * Prepares the request.
   *
   * @param url the address, with nothing left to replace
   * @param connections how many connections may be kept open
   * @throws IllegalArgumentException when there can be no such request
   */
  static HttpSender to(Load load, String url, int connections) {
    return new HttpSender(load, url, connections, SocketFactory.getDefault());
  }

  /** The same, with nobody at the other end; see {@link CannedSockets}. */
  static HttpSender toNobody(Load load, String url, int connections) {
    return new HttpSender(load, url, connections, new CannedSockets());
  }

  HttpSender(Load load, String url, int connections, SocketFactory sockets) {
    this.timeout = load.timeout().orElse(TIMEOUT);
    this.request = request(load, url, Map.of());
    this.tagged = request(load, url, load.tagged().map(Load.Tagged::headers).orElse(Map.of()));
    this.client =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(connections, IDLE.toMillis(), TimeUnit.MILLISECONDS))
            .socketFactory(sockets)
            .retryOnConnectionFailure(false)
            // It would take a platform thread for each new connection.
            .fastFallback(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .callTimeout(timeout)
            .build();
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
    try (Response response = client.newCall(withTag ? tagged : request).execute()) {
      response.body().source().readAll(Okio.blackhole());
      return Outcome.of(response.code());
    } catch (IOException failure) {
      return Outcome.of(failure);
    } catch (RuntimeException unforeseen) {
      return Outcome.of(unforeseen);
    }
  }

  /** Cuts off what is under way. */
  void cancel() {
    client.dispatcher().cancelAll();
  }

  @Override
  public void close() {
    cancel();
    client.connectionPool().evictAll();
  }

  private static Request request(Load load, String url, Map<String, String> tags) {
    Map<String, String> headers = new HashMap<>(load.headers());
    headers.putAll(tags);
    return new UserRequest(
            url, load.method().orElse("GET").toUpperCase(Locale.ROOT), headers, load.body())
        .built();
  }
}
