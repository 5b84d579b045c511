package dev.faultline.environment.prometheus;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.faultline.environment.request.NotPassed;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.PrometheusEndpoint.Tls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and takes its answer, within a time and a size, whatever the other side does.
 * Follows no redirect, so that credentials never reach another address. Thread-safe.
 */
final class Transport implements AutoCloseable {

  static final long LARGEST_BODY = 8L << 20;

  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("prometheus-", 0).factory());
  private final OkHttpClient client;
  private final Optional<Tls> tls;
  private final Path base;
  private final ReentrantLock securing = new ReentrantLock();
  private volatile Optional<OkHttpClient> secured = Optional.empty();

  /**
   * Connects when it is first used.
   *
   * @param tls how connections are secured; as the machine trusts when absent
   * @param base where relative paths of its files begin
   */
  Transport(Optional<Tls> tls, Path base) {
    this(tls, base, List.of());
  }

  /**
   * The same with whoever sends requests another way.
   *
   * @param ways each may answer a request itself
   */
  Transport(Optional<Tls> tls, Path base, List<Interceptor> ways) {
    this.tls = tls;
    this.base = base;
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(256);
    dispatcher.setMaxRequestsPerHost(256);
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO);
    ways.forEach(builder::addInterceptor);
    client = builder.build();
  }

  /**
   * Sends and waits.
   *
   * @param timeout for everything together, from the look-up of the name to the last byte
   */
  Received send(Request request, Duration timeout) throws BlindException {
    HttpUrl url = request.url();
    String peer = url.host() + ":" + url.port();
    if (threads.isShutdown()) {
      throw new BlindException(BlindReason.UNREACHABLE, "the connection to Prometheus is closed");
    }
    Instant sent = Instant.now();
    Call call = client().newCall(request);
    // The wait below bounds even a look-up of the name, which no cancellation reaches.
    call.timeout().timeout(timeout.toNanos(), NANOSECONDS);
    CompletableFuture<Received> answer = new CompletableFuture<>();
    call.enqueue(new Taking(answer, sent));
    try {
      return answer.get(timeout.toNanos(), NANOSECONDS);
    } catch (TimeoutException slow) {
      call.cancel();
      throw tooSlow(peer, timeout, slow);
    } catch (InterruptedException interrupted) {
      call.cancel();
      Thread.currentThread().interrupt();
      throw new BlindException(BlindReason.UNREACHABLE, "interrupted", interrupted);
    } catch (ExecutionException failure) {
      throw explain(failure.getCause(), peer, timeout);
    }
  }

  /** The files are read once; while they cannot be, anew for each question. */
  private OkHttpClient client() throws BlindException {
    if (tls.isEmpty() || secured.isPresent()) {
      return secured.orElse(client);
    }
    securing.lock();
    try {
      if (secured.isEmpty()) {
        SecureSockets secure = SecureSockets.of(tls.get(), base);
        OkHttpClient.Builder builder =
            client.newBuilder().sslSocketFactory(secure.sockets(), secure.trust());
        if (secure.anyName()) {
          builder.hostnameVerifier((_, _) -> true);
        }
        secured = Optional.of(builder.build());
      }
      return secured.orElseThrow();
    } finally {
      securing.unlock();
    }
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    threads.shutdownNow();
    client.connectionPool().evictAll();
  }

  private static BlindException explain(
      @Nullable Throwable failure, String peer, Duration timeout) {
    return switch (failure) {
      case BlindException known -> known;
      case NotPassed elsewhere ->
          new BlindException(elsewhere.reason(), elsewhere.words(), elsewhere);
      case InterruptedIOException slow -> tooSlow(peer, timeout, slow);
      case UnknownHostException unknown ->
          unreachable("the name of %s cannot be resolved".formatted(peer), unknown);
      case ConnectException refused -> unreachable(peer + " refused the connection", refused);
      case NoRouteToHostException none -> unreachable("no route to " + peer, none);
      case SSLException insecure ->
          unreachable(
              "no secure connection to %s: %s".formatted(peer, Insecurity.words(insecure)),
              insecure);
      case SocketException broken -> unreachable(peer + " broke off the connection", broken);
      case ProtocolException senseless ->
          new BlindException(BlindReason.MALFORMED, peer + " sent a broken HTTP answer", senseless);
      case null -> new BlindException(BlindReason.UNREACHABLE, "no answer from " + peer);
      default -> unreachable("no answer from " + peer, failure);
    };
  }

  private static BlindException unreachable(String detail, Throwable cause) {
    return new BlindException(BlindReason.UNREACHABLE, detail, cause);
  }

  private static BlindException tooSlow(String peer, Duration timeout, Exception cause) {
    return new BlindException(
        BlindReason.TIMEOUT,
        "no complete answer from %s within %d ms".formatted(peer, timeout.toMillis()),
        cause);
  }

  /** Takes the answer as it arrives. */
  private record Taking(CompletableFuture<Received> answer, Instant sent) implements Callback {

    @Override
    public void onFailure(Call call, IOException failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onResponse(Call call, Response response) {
      Instant at = Instant.now();
      try (response) {
        answer.complete(
            new Received(
                response.code(),
                Optional.ofNullable(response.headers().getDate("Date")).map(Date::toInstant),
                Optional.ofNullable(response.header("Location"))
                    .map(response.request().url()::resolve)
                    .map(HttpUrl::host),
                body(response),
                sent,
                at));
      } catch (IOException | BlindException | RuntimeException failure) {
        answer.completeExceptionally(failure);
      }
    }

    private static ByteString body(Response response) throws IOException, BlindException {
      BufferedSource source = response.body().source();
      try {
        if (source.request(LARGEST_BODY + 1)) {
          throw BlindException.malformed(
              "the answer is longer than %d MiB".formatted(LARGEST_BODY >> 20));
        }
        return source.readByteString();
      } catch (InterruptedIOException | SocketException passedOn) {
        throw passedOn;
      } catch (IOException torn) {
        throw new BlindException(BlindReason.MALFORMED, "the answer is incomplete", torn);
      }
    }
  }
}
