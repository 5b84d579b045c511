package dev.faultline.environment.load;

import dev.faultline.environment.request.UserRequest;
import dev.faultline.model.environment.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
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
    this.request =
        new UserRequest(
                url,
                load.method().orElse("GET").toUpperCase(Locale.ROOT),
                load.headers(),
                load.body())
            .built();
    this.client =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(connections, IDLE.toMillis(), TimeUnit.MILLISECONDS))
            .socketFactory(sockets)
            .retryOnConnectionFailure(false)
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

  /** Sends it once, and takes the answer to its end; whatever goes wrong is an outcome. */
  Outcome send() {
    try (Response response = client.newCall(request).execute()) {
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
}
