package dev.faultline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.faultline.gameday.course.Book.Origin;
import dev.faultline.gameday.daemon.Runner.End;
import dev.faultline.gameday.daemon.Runner.Lost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of runs whose scheduler died. */
final class LostRunsTest {

  @TempDir private Path temp;

  private LostRuns lost() {
    Page page = new Page(new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false, 100);
    return new LostRuns(
        new Console(page, page, false, Map.of("XDG_STATE_HOME", temp.toString()), temp));
  }

  private Optional<Origin> origin(String mark) {
    return Optional.of(new Origin("s1", "far.example", temp.toString(), mark));
  }

  private Path experiment(int port) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("days"));
    Path _ =
        Files.writeString(
            folder.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            current-context: a
            contexts: [{name: a, context: {cluster: a, user: a}}]
            clusters: [{name: a, cluster: {server: "http://127.0.0.1:%d"}}]
            users: [{name: a, user: {token: a}}]
            """
                .formatted(port));
    return Files.writeString(
        folder.resolve("kill.yaml"),
        """
        apiVersion: faultline.dev/v1
        kind: Experiment
        metadata: {name: kill}
        spec:
          environment: {kubernetes: {kubeconfig: kubeconfig, namespace: shop}}
          gates: [{name: ready, kubernetes: {deployment: orders, read: missingReplicas}, below: 1}]
          faults: [{podKill: {}, target: {deployment: orders}}]
        """);
  }

  @Test
  void whereItsFolderIsHereTheJournalTells() throws IOException {
    Path schedule = Files.createDirectories(temp.resolve("schedule"));
    Path _ = Files.writeString(StoreOptions.markOf(schedule), "m1\n");
    String run = new Told("over", Duration.ofSeconds(4), Optional.of(7L)).keep(temp).id();

    End end = lost().lookAfter(new Lost(run, Optional.empty(), origin("m1")));

    assertThat(end).isEqualTo(new End(1, "it ended by itself"));
  }

  /** A folder of the same name on another machine has another mark. */
  @Test
  void elsewhereFaultsEndByTheirLeases() throws IOException {
    Path schedule = Files.createDirectories(temp.resolve("schedule"));
    Path _ = Files.writeString(StoreOptions.markOf(schedule), "m1\n");

    End end = lost().lookAfter(new Lost("r1", Optional.empty(), origin("m2")));

    assertThat(end.exit()).isEqualTo(6);
    assertThat(end.words())
        .startsWith("its scheduler on far.example died; its faults end by their own leases");
    assertThat(temp.resolve("runs")).doesNotExist();
  }

  @Test
  void aClusterTellsWhatIsLeftInIt() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> empty(exchange, asked));
    server.start();
    try {
      Path file = experiment(server.getAddress().getPort());

      End end = lost().lookAfter(new Lost("r1", Optional.of(file), origin("m2")));

      assertThat(end)
          .isEqualTo(
              new End(
                  6,
                  "its scheduler on far.example died; what it left in the cluster (0) was undone"));
      assertThat(asked).anyMatch(path -> path.startsWith("/apis/apps/v1/namespaces/shop/"));
    } finally {
      server.stop(0);
    }
  }

  private static void empty(HttpExchange exchange, List<String> asked) throws IOException {
    asked.add(exchange.getRequestURI().getPath());
    byte[] none = "{\"kind\": \"List\", \"apiVersion\": \"v1\", \"items\": []}".getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, none.length);
    exchange.getResponseBody().write(none);
    exchange.close();
  }

  @Test
  void aClusterThatIsAwayLeavesItUnproven() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    Path file = experiment(nobody);

    End end = lost().lookAfter(new Lost("r1", Optional.of(file), origin("m2")));

    assertThat(end.exit()).isEqualTo(7);
    assertThat(end.words()).contains("see 'faultline undo --cluster'");
  }

  @Test
  void whatIsNoIdIsNeverLookedFor() {
    assertThat(lost().lookAfter(new Lost("../r1", Optional.empty(), origin("m1"))).words())
        .isEqualTo("no run has that id");
  }
}
