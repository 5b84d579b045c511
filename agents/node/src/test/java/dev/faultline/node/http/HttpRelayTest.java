package dev.faultline.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.faultline.node.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults of HTTP/1 between the client and the server of the JDK. */
@Timeout(120)
class HttpRelayTest {

  private static final HttpMatch ALL = new HttpMatch(Optional.empty(), Optional.empty(), Map.of());
  private static final HttpMatch BETA =
      new HttpMatch(Optional.empty(), Optional.empty(), Map.of("X-User-Type", "beta"));

  private HttpServer server;
  private HttpRelay relay;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.create(any, 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(exchange, "text/plain", body(exchange)));
    byte[] order = "{\"id\": 7, \"price\": 9.90, \"note\": {\"a\": 1}}".getBytes(UTF_8);
    server.createContext("/json", exchange -> answer(exchange, "application/json", order));
    server.createContext("/packed", exchange -> packed(exchange, order));
    server.start();
    relay = HttpRelay.start(any, server.getAddress(), Optional.empty());
  }

  @AfterEach
  void end() {
    relay.close();
    client.close();
    server.stop(0);
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    return sent.length > 0 ? sent : exchange.getRequestURI().toString().getBytes(UTF_8);
  }

  private static void packed(HttpExchange exchange, byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body);
    }
    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    answer(exchange, "application/vnd.order+json; charset=utf-8", packed.toByteArray());
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("X-From", "server");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + relay.port() + path))
        .timeout(Duration.ofSeconds(60));
  }

  private HttpResponse<String> get(String path, String user) throws Exception {
    HttpRequest request = request(path).header("x-user-type", user).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private void put(HttpMatch match, HttpEffect... effects) {
    relay.put("fault", new HttpFault(match, 1, 7, List.of(effects)));
  }

  @Test
  void withoutFaultsLargeBodiesPassUnchanged() throws Exception {
    byte[] sent = new byte[20 << 20];
    new Random(7).nextBytes(sent);
    for (var publisher :
        List.of(
            HttpRequest.BodyPublishers.ofByteArray(sent),
            HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.ofByteArray(sent)))) {
      HttpRequest request = request("/echo").POST(publisher).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body())
          .isEqualTo(sent);
    }
  }

  @Test
  void oneTaggedUserIsHitAlone() throws Exception {
    put(BETA, new HttpEffect.Abort(503, Optional.of("down")));

    HttpResponse<String> beta = get("/a", "beta");
    assertThat(beta.statusCode()).isEqualTo(503);
    assertThat(beta.body()).isEqualTo("down");
    assertThat(get("/a", "normal").body()).isEqualTo("/a");
    HttpReport report = relay.report("fault");
    assertThat(List.of(report.seen(), report.matched(), report.affected()))
        .containsExactly(2L, 1L, 1L);

    relay.remove("fault");
    assertThat(get("/a", "beta").statusCode()).isEqualTo(200);
    assertThat(relay.report("fault")).isEqualTo(report);
    assertThat(relay.faults()).isEmpty();
    assertThatThrownBy(() -> relay.report("other")).hasMessageContaining("\"other\"");
  }

  @Test
  void bodiesAndHeadersOfAnswersAreChanged() throws Exception {
    put(
        ALL,
        new HttpEffect.PatchBody("{\"price\": \"free\", \"note\": {\"a\": null, \"b\": []}}"),
        new HttpEffect.Headers(Map.of("x-new", "1"), List.of("X-FROM")));
    String patched = "{\"id\":7,\"price\":\"free\",\"note\":{\"b\":[]}}";

    HttpResponse<String> json = get("/json", "any");
    assertThat(json.body()).isEqualTo(patched);
    assertThat(json.headers().firstValue("x-new")).contains("1");
    assertThat(json.headers().firstValue("x-from")).isEmpty();
    assertThat(get("/packed", "any").body()).isEqualTo(patched);
    assertThat(relay.report("fault").affected()).isEqualTo(2);

    assertThat(get("/text", "any").body()).isEqualTo("/text");
    assertThat(relay.report("fault").affected()).isEqualTo(2);
    assertThat(relay.report("fault").matched()).isEqualTo(3);

    put(ALL, new HttpEffect.ReplaceBody("<é>", Optional.of("text/html")));
    HttpResponse<String> replaced = get("/json", "any");
    assertThat(replaced.body()).isEqualTo("<é>");
    assertThat(replaced.headers().firstValue("content-type")).contains("text/html");
    assertThat(relay.report("fault").affected()).isEqualTo(1);
  }

  @Test
  void aDelayIsMeasuredAndStaysWithinItsJitter() throws Exception {
    Duration delay = Duration.ofMillis(60);
    put(BETA, new HttpEffect.Delay(delay, Duration.ofMillis(20)));
    for (int i = 0; i < 5; i++) {
      assertThat(get("/a", "beta").body()).isEqualTo("/a");
    }
    HttpReport report = relay.report("fault");
    assertThat(report.affected()).isEqualTo(5);
    assertThat(report.least()).isGreaterThanOrEqualTo(Duration.ofMillis(40));
    assertThat(report.median()).isBetween(report.least(), report.most());
  }

  @Test
  void aDelayedRequestGoesOnAtOnceWhenItsFaultEnds() throws Exception {
    put(ALL, new HttpEffect.Delay(Duration.ofHours(2), Duration.ZERO));
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request("/a").build(), HttpResponse.BodyHandlers.ofString());
    Await.until("matched", () -> relay.report("fault").matched() == 1);

    relay.remove("fault");

    assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("/a");
    assertThat(relay.report("fault").affected()).isZero();
  }

  @Test
  void theShareIsChosenBySeedAndOrderAlone() throws Exception {
    String first = hits(0.3, 42);
    assertThat(hits(0.3, 42)).isEqualTo(first);
    assertThat(hits(0.3, 43)).isNotEqualTo(first);
    assertThat(first.chars().filter(hit -> hit == 'x').count()).isBetween(30L, 90L);
    assertThat(hits(0, 42)).doesNotContain("x");
    assertThat(hits(1, 42)).doesNotContain(".");
  }

  private String hits(double share, long seed) throws Exception {
    HttpEffect abort = new HttpEffect.Abort(500, Optional.empty());
    relay.put("fault", new HttpFault(ALL, share, seed, List.of(abort)));
    StringBuilder hits = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      hits.append(get("/a", "any").statusCode() == 500 ? 'x' : '.');
    }
    return hits.toString();
  }

  @Test
  void faultsThatComeAndGoBreakNothing() throws Exception {
    CompletableFuture<Void> changes =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 400; i++) {
                put(BETA, new HttpEffect.Delay(Duration.ofMillis(2), Duration.ZERO));
                put(BETA, new HttpEffect.PatchBody("{\"id\": 8}"));
                relay.remove("fault");
              }
            });
    int answers = 0;
    while (!changes.isDone() || answers < 200) {
      assertThat(get("/json", "beta").body()).startsWith("{\"id\"");
      answers++;
    }
    changes.get(60, TimeUnit.SECONDS);
  }

  @Test
  void severalFaultsAddUpInTheOrderOfTheirNames() throws Exception {
    HttpEffect abort = new HttpEffect.Abort(500, Optional.empty());
    HttpMatch some = new HttpMatch(Optional.of("get"), Optional.of("/a/*/c?x=*"), Map.of());
    relay.put("b", new HttpFault(some, 1, 1, List.of(abort)));
    relay.put(
        "a",
        new HttpFault(ALL, 1, 1, List.of(new HttpEffect.Headers(Map.of("h", "1"), List.of()))));

    HttpResponse<String> hit = get("/a/b/c?x=1", "any");

    assertThat(hit.statusCode()).isEqualTo(500);
    assertThat(hit.headers().firstValue("h")).contains("1");
    assertThat(get("/a/b/c", "any").statusCode()).isEqualTo(200);
  }

  @Test
  void closingNeverWaitsAndEndsWhatIsDelayed() throws Exception {
    put(ALL, new HttpEffect.Delay(Duration.ofHours(2), Duration.ZERO));
    var answer = client.sendAsync(request("/a").build(), HttpResponse.BodyHandlers.ofString());
    Await.until("matched", () -> relay.report("fault").matched() == 1);

    relay.close();
    relay.close();

    assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void wordsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(
            () -> new HttpFault(ALL, 1.5, 0, List.of(new HttpEffect.Abort(500, Optional.empty()))))
        .hasMessageContaining("share 1.5");
    assertThatThrownBy(() -> new HttpEffect.PatchBody("{a"))
        .hasMessageContaining("not JSON at character 2");
    assertThatThrownBy(() -> new HttpEffect.Headers(Map.of("Content-Length", "1"), List.of()))
        .hasMessageContaining("Content-Length");
    assertThatThrownBy(() -> new HttpEffect.Headers(Map.of("a", "b\r\nc: d"), List.of()))
        .hasMessageContaining("line ends");
    assertThatThrownBy(() -> new HttpEffect.Delay(Duration.ofMillis(1), Duration.ofMillis(2)))
        .hasMessageContaining("jitter");
    HttpEffect abort = new HttpEffect.Abort(500, Optional.empty());
    HttpEffect replace = new HttpEffect.ReplaceBody("", Optional.empty());
    assertThatThrownBy(() -> new HttpFault(ALL, 1, 0, List.of(abort, replace)))
        .hasMessageContaining("leaves no other to change");
  }
}
