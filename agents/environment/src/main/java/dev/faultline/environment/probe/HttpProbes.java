package dev.faultline.environment.probe;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.faultline.environment.request.NotPassed;
import dev.faultline.environment.request.UserRequest;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.HttpProbe;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of gates, each once, over a connection of its own, so that whoever accepts no
 * more is seen. Follows no redirect. Every question ends within its timeout. Thread-safe.
 */
public final class HttpProbes implements AutoCloseable {

  static final long LARGEST_BODY = 1 << 20;

  private final UnaryOperator<String> expand;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("probe-", 0).factory());
  private final OkHttpClient client;

  /**
   * Connects when it is first asked.
   *
   * @param expand replaces placeholders in address, headers and body
   */
  public HttpProbes(UnaryOperator<String> expand) {
    this.expand = expand;
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(256);
    dispatcher.setMaxRequestsPerHost(256);
    this.client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.MILLISECONDS))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .build();
  }

  /** Sends the request and takes its answer. */
  public Answer ask(HttpProbe probe) {
    return ask(probe, client);
  }

  /**
   * Sends the request another way.
   *
   * @param way answers it
   */
  public Answer ask(HttpProbe probe, Interceptor way) {
    return ask(probe, client.newBuilder().addInterceptor(way).build());
  }

  private Answer ask(HttpProbe probe, OkHttpClient sender) {
    try {
      return send(request(probe), probe.timeout(), sender);
    } catch (IllegalArgumentException impossible) {
      return none(BlindReason.REFUSED, "no such request: " + impossible.getMessage());
    }
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    threads.shutdownNow();
    client.connectionPool().evictAll();
  }

  private Request request(HttpProbe probe) {
    Map<String, String> headers = new HashMap<>(probe.headers());
    headers.replaceAll((_, value) -> expand.apply(value));
    return new UserRequest(
            expand.apply(probe.url()), probe.method(), headers, probe.body().map(expand))
        .built();
  }

  private Answer send(Request request, Duration timeout, OkHttpClient sender) {
    if (threads.isShutdown()) {
      return none(BlindReason.REFUSED, "the run has ended");
    }
    Call call = sender.newCall(request);
    call.timeout().timeout(timeout.toNanos(), NANOSECONDS);
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    call.enqueue(new Taking(answer, System.nanoTime()));
    try {
      // This bounds even a look-up of the name, which no cancellation reaches.
      return answer.get(timeout.toNanos(), NANOSECONDS);
    } catch (TimeoutException slow) {
      call.cancel();
      return late(timeout);
    } catch (InterruptedException interrupted) {
      call.cancel();
      Thread.currentThread().interrupt();
      return none(BlindReason.REFUSED, "interrupted");
    } catch (ExecutionException failure) {
      return explain(failure.getCause(), request.url().host(), timeout);
    }
  }

  private static Answer explain(@Nullable Throwable failure, String host, Duration timeout) {
    return switch (failure) {
      case NotPassed stuck ->
          none(stuck.isOnTheWay() ? BlindReason.REFUSED : stuck.reason(), stuck.words());
      case InterruptedIOException _ -> late(timeout);
      case UnknownHostException _ ->
          none(BlindReason.UNREACHABLE, "the name %s cannot be resolved".formatted(host));
      case ConnectException _ -> none(BlindReason.UNREACHABLE, "the connection was refused");
      case null -> none(BlindReason.UNREACHABLE, "no answer");
      default ->
          none(
              BlindReason.UNREACHABLE,
              "no complete answer (%s)".formatted(failure.getClass().getSimpleName()));
    };
  }

  private static Answer late(Duration timeout) {
    return none(
        BlindReason.TIMEOUT, "no complete answer within %d ms".formatted(timeout.toMillis()));
  }

  private static Answer none(BlindReason reason, String words) {
    return new Answer.Unanswered(reason, words);
  }

  /** Takes the answer to its end, and keeps as much of it as may be read. */
  private record Taking(CompletableFuture<Answer> answer, long sent) implements Callback {

    @Override
    public void onFailure(Call call, IOException failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        Optional<String> body = body(response.body().source());
        answer.complete(
            new Answer.HttpReply(
                response.code(), Duration.ofNanos(System.nanoTime() - sent), body));
      } catch (IOException | RuntimeException failure) {
        answer.completeExceptionally(failure);
      }
    }

    private static Optional<String> body(BufferedSource source) throws IOException {
      Buffer kept = new Buffer();
      Buffer rest = new Buffer();
      while (source.read(rest, 8192) >= 0) {
        if (kept.size() <= LARGEST_BODY) {
          kept.writeAll(rest);
        }
        rest.clear();
      }
      return kept.size() > LARGEST_BODY ? Optional.empty() : Optional.of(kept.readUtf8());
    }
  }
}
