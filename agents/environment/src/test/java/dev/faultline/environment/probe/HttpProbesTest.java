package dev.faultline.environment.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.faultline.environment.FreePort;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.HttpProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpProbesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private HttpServer server = start();

  private HttpServer start() {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      started.setExecutor(threads);
      answer(started, "/ok", 200, "fine");
      answer(started, "/moved", 302, "");
      answer(started, "/huge", 200, "x".repeat((1 << 20) + 1));
      started.createContext(
          "/never",
          exchange -> {
            try {
              closing.await();
            } catch (InterruptedException ended) {
              Thread.currentThread().interrupt();
            }
            exchange.close();
          });
      started.start();
      return started;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void answer(HttpServer on, String path, int status, String body) {
    on.createContext(
        path,
        exchange -> {
          requests.add(
              "%s %s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("X-Key"),
                      new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
          exchange.getResponseHeaders().add("Location", "/ok");
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @BeforeEach
  void startsAnew() {
    requests.clear();
  }

  @AfterEach
  void stop() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  private static HttpProbe get(String url, Duration timeout) {
    return new HttpProbe(url, "GET", Map.of(), Optional.empty(), timeout);
  }

  private static Answer ask(HttpProbe probe) {
    try (HttpProbes probes = new HttpProbes(text -> text)) {
      return probes.ask(probe);
    }
  }

  @Test
  void anAnswerIsTakenWithItsStatusItsTimeAndItsBody() {
    assertThat(ask(get(url("/ok"), PATIENCE)))
        .isInstanceOfSatisfying(
            Answer.HttpReply.class,
            reply -> {
              assertThat(reply.status()).isEqualTo(200);
              assertThat(reply.body()).contains("fine");
              assertThat(reply.took()).isBetween(Duration.ofNanos(1), PATIENCE);
            });
    assertThat(requests).containsExactly("GET /ok null ");
  }

  @Test
  void aRedirectIsAnAnswerLikeAnyOther() {
    assertThat(((Answer.HttpReply) ask(get(url("/moved"), PATIENCE))).status()).isEqualTo(302);
    assertThat(requests).hasSize(1);
  }

  @Test
  void aLongBodyIsReadToItsEndAndNotKept() {
    assertThat(((Answer.HttpReply) ask(get(url("/huge"), PATIENCE))).body()).isEmpty();
  }

  @Test
  void methodHeadersAndBodyAreSentWithTheirPlaceholdersReplaced() {
    HttpProbe probe =
        new HttpProbe(
            url("/ok?x=${a}"), "PUT", Map.of("X-Key", "k${a}"), Optional.of("b${a}"), PATIENCE);
    try (HttpProbes probes = new HttpProbes(text -> text.replace("${a}", "1"))) {
      assertThat(probes.ask(probe)).isInstanceOf(Answer.HttpReply.class);
    }
    assertThat(requests).containsExactly("PUT /ok?x=1 k1 b1");
  }

  @Test
  void whoDoesNotAnswerIsGivenUpInTime() {
    assertThat(ask(get(url("/never"), Duration.ofMillis(300))))
        .isEqualTo(new Answer.Unanswered(BlindReason.TIMEOUT, "no complete answer within 300 ms"));
  }

  @Test
  void whoIsNotThereIsUnreachable() throws Exception {
    assertThat(ask(get("http://127.0.0.1:%d/".formatted(FreePort.choose()), PATIENCE)))
        .isEqualTo(new Answer.Unanswered(BlindReason.UNREACHABLE, "the connection was refused"));
  }

  @Test
  void whatCannotBeSentIsRefusedWithoutRepeatingAHeader() {
    HttpProbe bad =
        new HttpProbe(url("/ok"), "GET", Map.of("X-Key", "secret\n"), Optional.empty(), PATIENCE);
    assertThat(ask(bad).words()).contains("query refused", "X-Key").doesNotContain("secret");
    try (HttpProbes probes =
        new HttpProbes(
            _ -> {
              throw new InvalidValue("unknown placeholder ${x}");
            })) {
      assertThat(probes.ask(get(url("/ok"), PATIENCE)).words())
          .contains("no such request: unknown placeholder ${x}");
    }
    assertThat(requests).isEmpty();
  }

  @Test
  void nothingIsAskedOnceItIsClosed() {
    HttpProbes probes = new HttpProbes(text -> text);
    probes.close();

    assertThat(probes.ask(get(url("/ok"), PATIENCE)).words()).contains("the run has ended");
  }
}
