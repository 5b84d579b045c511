package dev.faultline.examples.shop;

import dev.faultline.examples.shop.Metrics.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Another service, called with a timeout per attempt, retries with exponential backoff and full
 * jitter, one deadline over all attempts, and a {@link Breaker}.
 *
 * <p>Only silence (refused, reset, timed out) is retried. An answer is final, whatever its code:
 * the other side has decided. A retry may repeat what a lost answer had already done, so everything
 * called here must bear an order that comes twice.
 */
final class Upstream {
  private static final int FIRST_BACKOFF_MILLIS = 20;
  private static final int MOST_DOUBLINGS = 5;

  private final String name;
  private final URL url;
  private final Duration attempt;
  private final Duration deadline;
  private final Metrics metrics;
  private final Breaker breaker = new Breaker(System::nanoTime);

  private Upstream(String name, URL url, Duration attempt, Duration deadline, Metrics metrics) {
    this.name = name;
    this.url = url;
    this.attempt = attempt;
    this.deadline = deadline;
    this.metrics = metrics;
  }

  /** Reads {@code NAME_URL}, {@code NAME_ATTEMPT_MS} and {@code NAME_DEADLINE_MS}. */
  static Upstream from(Settings settings, String name, Default orElse, Metrics metrics)
      throws BadSettingException {
    String prefix = name.toUpperCase(Locale.ROOT);
    return new Upstream(
        name,
        settings.url(prefix + "_URL", "http://127.0.0.1:" + orElse.port(), orElse.path()),
        settings.millis(prefix + "_ATTEMPT_MS", orElse.attemptMillis()),
        settings.millis(prefix + "_DEADLINE_MS", orElse.deadlineMillis()),
        metrics);
  }

  /** What holds unless the environment says otherwise. */
  record Default(int port, String path, int attemptMillis, int deadlineMillis) {}

  /** The answer, or nothing when the upstream stayed silent until the deadline. */
  Optional<Reply> call(String order) throws InterruptedException {
    if (!breaker.allows()) {
      metrics.called(name, Outcome.SKIPPED);
      return Optional.empty();
    }
    Optional<Reply> reply = callUntilDeadline(order);
    if (reply.isPresent()) {
      breaker.answered();
    } else {
      breaker.stayedSilent();
    }
    return reply;
  }

  private Optional<Reply> callUntilDeadline(String order) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    Optional<Reply> reply = attempt(order, attempt);
    for (int retry = 0; reply.isEmpty(); retry++) {
      Duration pause = backoff(retry);
      Duration left = Duration.ofNanos(end - System.nanoTime()).minus(pause);
      if (!left.isPositive()) {
        break;
      }
      Thread.sleep(pause);
      metrics.retried(name);
      reply = attempt(order, left.compareTo(attempt) < 0 ? left : attempt);
    }
    return reply;
  }

  private Optional<Reply> attempt(String order, Duration timeout) {
    int millis = (int) Math.max(1, timeout.toMillis()); // 0 would be "wait for ever"
    try {
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setRequestMethod("POST");
      connection.setRequestProperty(Server.ORDER, order);
      // Both before connecting: a read timeout set later is ignored on a new connection.
      connection.setConnectTimeout(millis);
      connection.setReadTimeout(millis);
      Reply reply = new Reply(connection.getResponseCode(), body(connection));
      metrics.called(name, Outcome.ANSWERED);
      return Optional.of(reply);
    } catch (SocketTimeoutException e) {
      metrics.called(name, Outcome.TIMEOUT);
    } catch (IOException e) {
      metrics.called(name, Outcome.LOST);
    }
    return Optional.empty();
  }

  /** Reads to the end, which lets the connection be used again. */
  private static String body(HttpURLConnection connection) throws IOException {
    boolean error = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
    try (InputStream body = error ? connection.getErrorStream() : connection.getInputStream()) {
      return body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static Duration backoff(int retry) {
    int ceiling = FIRST_BACKOFF_MILLIS << Math.min(retry, MOST_DOUBLINGS);
    return Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, ceiling + 1));
  }
}
