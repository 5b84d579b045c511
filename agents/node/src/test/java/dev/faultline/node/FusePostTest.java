package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fuse against something that takes requests over HTTP. */
class FusePostTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path folder;
  @AutoClose private final Victims victims = new Victims();
  private final String runId = "test-" + UUID.randomUUID();
  private final Queue<String> taken = new ConcurrentLinkedQueue<>();
  private Lease lease;

  @BeforeEach
  void makeLease() throws Exception {
    lease = Lease.create(folder.resolve("lease"));
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    for (FuseProcess fuse : FuseProcesses.find(runId)) {
      victims.track(fuse.identity());
    }
    victims.close();
    lease.close();
  }

  private Fired.Outcome fired(int port, Duration timeout) throws Exception {
    FuseOrder order =
        new FuseOrder(
            runId,
            "weights",
            lease.path(),
            LONG,
            Duration.ofMillis(10),
            List.of(new FuseAction.Post("127.0.0.1", port, "/set?a=1&b=", timeout)));
    Armed fuse = FuseLauncher.likeThisProcess().start(order, Duration.ofSeconds(30));
    victims.track(fuse.identity());
    fuse.undoNow();
    Await.state(fuse.identity(), ProcessState.GONE);
    return fuse.fired().orElseThrow().outcomes().getFirst();
  }

  private HttpServer serve(int status, String answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/",
        exchange -> {
          taken.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          answer(exchange, status, answer);
        });
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, int status, String answer) throws IOException {
    try (exchange) {
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Test
  void oneRequestIsMadeAndItsAnswerDecides() throws Exception {
    HttpServer server = serve(200, "OK\n");
    int port = server.getAddress().getPort();
    try {
      assertThat(fired(port, LONG))
          .isEqualTo(new Fired.Outcome(true, 1, "post to 127.0.0.1:%d: taken".formatted(port)));
      assertThat(taken).containsExactly("POST /set?a=1&b=");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anotherStatusIsToldAndTriedAgain() throws Exception {
    HttpServer server = serve(503, "No admin layer specified");
    try {
      Fired.Outcome outcome = fired(server.getAddress().getPort(), LONG);

      assertThat(outcome.done()).isFalse();
      assertThat(outcome.detail()).contains("answered 'HTTP/1.1 503 ");
      assertThat(taken).hasSize(Undo.ROUNDS);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whoeverHangsIsNotWaitedForLongerThanItsTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      assertThat(fired(silent.getLocalPort(), Duration.ofMillis(200)))
          .satisfies(outcome -> assertThat(outcome.done()).isFalse())
          .satisfies(outcome -> assertThat(outcome.detail()).contains("no whole answer within"));
    }
  }

  @Test
  void whereNobodyListensItHasFailed() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }

    assertThat(fired(port, LONG))
        .satisfies(outcome -> assertThat(outcome.done()).isFalse())
        .satisfies(outcome -> assertThat(outcome.detail()).contains("refused"));
  }

  @Test
  void whatCouldBecomeAnotherRequestIsNeverOrdered() {
    for (String target : List.of("", "a", "/a b", "/a\r\nX: y", "/\u00fc", "/a#b", "//\0")) {
      assertThatThrownBy(() -> new FuseAction.Post("a", 1, target, LONG))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String host : List.of("", "a b", "a/b", "a\r\nb", "[::1]", "a@b")) {
      assertThatThrownBy(() -> new FuseAction.Post(host, 1, "/", LONG))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new FuseAction.Post("a", 0, "/", LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FuseAction.Post("a", 65_536, "/", LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FuseAction.Post("a", 1, "/", Duration.ofMillis(60_001)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
