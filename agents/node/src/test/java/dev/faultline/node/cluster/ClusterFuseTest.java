package dev.faultline.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.faultline.node.http.json.Json;
import dev.faultline.node.http.json.NotJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fuse before an API server of its own, which fails when it is to. */
final class ClusterFuseTest {

  private static final String WEB = "/web";
  private static final String LEASE = "/lease";
  private static final String MARKED =
      """
      {"metadata": {"uid": "u-1", "resourceVersion": "7", "labels": {"faultline.dev/run": "run-1"},
        "annotations": {"faultline.dev/undo": "{\\"entries\\":[{\\"run\\":\\"run-1\\",\\"mark\\":\\"m\\",
      \\"changes\\":[{\\"field\\":{\\"replicas\\":{}},\\"was\\":\\"3\\",\\"is\\":\\"0\\"}]}]}"}},
        "spec": {"replicas": 0}}
      """
          .replace("\n\\\"changes", "\\\"changes");

  private final Map<String, Json> objects = new ConcurrentHashMap<>();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger deletionsThatFail = new AtomicInteger();
  private volatile int renewals;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/", this::serve);
    server.start();
    objects.put(WEB, Json.parse(MARKED));
    objects.put(LEASE, Json.parse("{\"spec\": {\"renewTime\": \"0\"}}"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Json body = objects.get(path);
      boolean deletes = exchange.getRequestMethod().equals("DELETE");
      boolean fails =
          (path.equals(WEB) && failures.getAndDecrement() > 0)
              || (deletes && deletionsThatFail.getAndDecrement() > 0);
      if (body != null && exchange.getRequestMethod().equals("PATCH") && !fails) {
        body = body.patched(parsed(exchange));
        objects.put(path, body);
      } else if (deletes && !fails) {
        objects.remove(path);
      } else if (body != null && path.equals(LEASE)) {
        int look = Math.min(looks.getAndIncrement(), renewals);
        body = Tree.with(body, new Json.Text(Integer.toString(look)), "spec", "renewTime");
      }
      byte[] bytes = (body == null || fails ? "{" : body.text()).getBytes(UTF_8);
      exchange.sendResponseHeaders(body == null ? 404 : fails ? 500 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Json parsed(HttpExchange exchange) throws IOException {
    try {
      return Json.parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    } catch (NotJson broken) {
      throw new IOException(broken);
    }
  }

  private String fuse() throws Exception {
    ClusterDuty duty =
        new ClusterDuty(
            new ClusterDuty.Marked(WEB, "u-1", "run-1", "m"), LEASE, LEASE, Duration.ofMillis(300));
    assertThat(ClusterDuty.parse(duty.arguments())).isEqualTo(duty);
    URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, UTF_8);
    assertThat(new ClusterFuse(ApiServer.plain(here), duty, out).run()).isZero();
    return said.toString(UTF_8);
  }

  private String web() {
    return Optional.ofNullable(objects.get(WEB)).orElseThrow().text();
  }

  @Test
  void itWaitsWhileTheLeaseIsRenewedThenUndoesAndRemovesWhatOwnsIt() throws Exception {
    renewals = 10;

    assertThat(fuse()).contains("undone");
    assertThat(looks.get()).isGreaterThan(12);
    assertThat(web()).contains("\"replicas\":3").doesNotContain("faultline.dev");
    assertThat(objects).doesNotContainKey(LEASE);
  }

  @Test
  void whatSomebodyElseSetIsLeftAlone() throws Exception {
    objects.put(WEB, Json.parse(MARKED.replace("\"replicas\": 0", "\"replicas\": 5")));

    assertThat(fuse()).contains("superseded: replicas is 5");
    assertThat(web()).contains("\"replicas\":5").doesNotContain("faultline.dev");
  }

  @Test
  void aLeaseThatIsGoneAndAnswersThatFailAreNoReasonToLeaveTheChange() throws Exception {
    objects.remove(LEASE);
    failures.set(2);

    assertThat(fuse()).contains("undone");
    assertThat(web()).contains("\"replicas\":3");
  }

  @Test
  void whatOwnsItIsRemovedHoweverOftenThatFailsAtFirst() throws Exception {
    deletionsThatFail.set(2);

    assertThat(fuse()).contains("undone", LEASE + " stays: 500");
    assertThat(web()).contains("\"replicas\":3");
    assertThat(objects).doesNotContainKey(LEASE);
  }
}
