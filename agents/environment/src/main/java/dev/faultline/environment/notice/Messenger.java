package dev.faultline.environment.notice;

import dev.faultline.model.codec.Words;
import dev.faultline.model.notice.Annotation;
import dev.faultline.model.notice.Channel;
import dev.faultline.model.notice.Silence;
import dev.faultline.model.notice.Slack;
import dev.faultline.model.notice.Webhook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Tells others, and lets nobody wait for it: each listener hears its news one after the other, and
 * is tried three times. Thread-safe.
 */
public final class Messenger implements AutoCloseable {

  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(5));
  private static final Duration LAST_WORDS = Duration.ofSeconds(15);

  private final Wire wire = new Wire();
  private final InstantSource clock;
  private final Consumer<String> complaints;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Listener, CompletableFuture<Void>> queues = new ConcurrentHashMap<>();

  private record Listener(Channel channel, Path base) {}

  /**
   * Tells nobody yet.
   *
   * @param complaints hears, from any thread, who could not be told and why
   */
  public Messenger(InstantSource clock, Consumer<String> complaints) {
    this.clock = clock;
    this.complaints = complaints;
  }

  /**
   * Tells a listener soon.
   *
   * @param base where relative paths of its files begin
   */
  public void send(Channel channel, Path base, News news) {
    if (news.moment() == News.Moment.BEFORE && !channel.announces()) {
      return;
    }
    var _ =
        queues.compute(
            new Listener(channel, base),
            (listener, before) ->
                (before == null ? CompletableFuture.<Void>completedFuture(null) : before)
                    .thenRunAsync(() -> tell(listener, news), threads));
  }

  private void tell(Listener listener, News news) {
    Teller teller = teller(listener);
    for (int tries = 0; ; tries++) {
      try {
        teller.tell(news);
        return;
      } catch (Untold failure) {
        if (failure.isLasting() || tries == PAUSES.size() || !rest(PAUSES.get(tries))) {
          complain(listener, news, failure.words());
          return;
        }
      } catch (RuntimeException fault) {
        // What comes after it must still be told; its message may hold a secret.
        complain(listener, news, fault.getClass().getSimpleName());
        return;
      }
    }
  }

  private void complain(Listener listener, News news, String why) {
    complaints.accept(
        "%s: not told by %s: %s".formatted(news.gameDay(), Words.wordOf(listener.channel()), why));
  }

  private static boolean rest(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Teller teller(Listener listener) {
    Path base = listener.base();
    return switch (listener.channel()) {
      case Webhook webhook -> new WebhookTeller(wire, webhook, base, clock);
      case Slack slack -> new SlackTeller(wire, slack, base);
      case Silence silence -> new SilenceTeller(wire, silence, base, clock);
      case Annotation annotation -> new AnnotationTeller(wire, annotation, base);
    };
  }

  /** Ends what is still to be told within 15 s, and leaves the rest untold. */
  @Override
  public void close() {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(queues.values().toArray(CompletableFuture[]::new));
    try {
      all.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      complaints.accept("not everybody was told within %d s".formatted(LAST_WORDS.toSeconds()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
    wire.close();
  }
}
