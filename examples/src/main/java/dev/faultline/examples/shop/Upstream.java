package dev.faultline.examples.shop;

import dev.faultline.examples.shop.Metrics.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private static final int MOST_AT_ONCE = 100;

  private final String name;
  private final URL url;
  private final Duration attempt;
  private final Duration deadline;
  private final Metrics metrics;
  private final Optional<Breaker> breaker;
  private final int atOnce;

  private Upstream(String name, URL url, Patience patience, Metrics metrics) {
    this.name = name;
    this.url = url;
    this.attempt = patience.attempt();
    this.deadline = patience.deadline();
    this.atOnce = patience.atOnce();
    this.metrics = metrics;
    this.breaker =
        patience.breaker()
            ? Optional.of(new Breaker(System::nanoTime, state -> metrics.breaker(name, state)))
            : Optional.empty();
  }

  /**
   * How long and how often it is tried.
   *
   * @param breaker whether a breaker guards it
   * @param atOnce how many attempts follow a silent one, all at the same time and without a pause:
   *     how not to do it, for experiments; 0 for backoff
   */
  private record Patience(Duration attempt, Duration deadline, boolean breaker, int atOnce) {}

  /**
   * Reads {@code NAME_URL}, {@code NAME_ATTEMPT_MS}, {@code NAME_DEADLINE_MS}, {@code NAME_BREAKER}
   * and {@code NAME_RETRIES_AT_ONCE}.
   */
  static Upstream from(Settings settings, String name, Default orElse, Metrics metrics)
      throws BadSettingException {
    String prefix = name.toUpperCase(Locale.ROOT);
    return new Upstream(
        name,
        settings.url(prefix + "_URL", "http://127.0.0.1:" + orElse.port(), orElse.path()),
        new Patience(
            settings.millis(prefix + "_ATTEMPT_MS", orElse.attemptMillis()),
            settings.millis(prefix + "_DEADLINE_MS", orElse.deadlineMillis()),
            settings.choice(prefix + "_BREAKER", "guards", "none").equals("guards"),
            settings.times(prefix + "_RETRIES_AT_ONCE", MOST_AT_ONCE)),
        metrics);
  }

  /** What holds unless the environment says otherwise. */
  record Default(int port, String path, int attemptMillis, int deadlineMillis) {}

  /** The answer, or nothing when the upstream stayed silent until the deadline. */
  Optional<Reply> call(Order order) throws InterruptedException {
    if (breaker.isPresent() && !breaker.get().allows()) {
      metrics.called(name, Outcome.SKIPPED);
      return Optional.empty();
    }
    Optional<Reply> reply = atOnce > 0 ? callInCrowds(order) : callUntilDeadline(order);
    breaker.ifPresent(reply.isPresent() ? Breaker::answered : Breaker::stayedSilent);
    return reply;
  }

  private Optional<Reply> callInCrowds(Order order) throws InterruptedException {
    Optional<Reply> reply = attempt(order, attempt);
    if (reply.isPresent()) {
      return reply;
    }
    List<Thread> crowd = new ArrayList<>();
    Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    for (int retry = 0; retry < atOnce; retry++) {
      metrics.retried(name);
      crowd.add(Thread.startVirtualThread(() -> attempt(order, attempt).ifPresent(replies::add)));
    }
    for (Thread one : crowd) {
      one.join();
    }
    return Optional.ofNullable(replies.poll());
  }

  private Optional<Reply> callUntilDeadline(Order order) throws InterruptedException {
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

  private Optional<Reply> attempt(Order order, Duration timeout) {
    int millis = (int) Math.max(1, timeout.toMillis()); // 0 would be "wait for ever"
    try {
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setRequestMethod("POST");
      order.tell(connection);
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
