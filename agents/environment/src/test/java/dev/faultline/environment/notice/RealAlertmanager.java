package dev.faultline.environment.notice;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.environment.Await;
import dev.faultline.environment.FreePort;
import dev.faultline.environment.lives.SearchPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A real Alertmanager that tells nobody. */
final class RealAlertmanager implements AutoCloseable {

  /** Debian's finds its templates below /usr/share only: there they are, in a view of its own. */
  private static final String IN_A_VIEW =
      "mount -t overlay overlay -o lowerdir=\"$1\":/usr/share /usr/share && shift && exec \"$@\"";

  private final int port;
  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();

  private RealAlertmanager(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** Starts one; skips the test, with the reason, where there is none. */
  static RealAlertmanager start(Path folder) throws Exception {
    Optional<Path> program =
        SearchPath.ofThisProcess().withServers().find("prometheus-alertmanager");
    assumeTrue(program.isPresent(), "needs prometheus-alertmanager");
    Path config = folder.resolve("alertmanager.yml");
    Files.writeString(config, "route: {receiver: none}\nreceivers: [{name: none}]\n");
    int port = FreePort.choose();
    Process process =
        new ProcessBuilder(command(program.get(), config, folder, port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("alertmanager.log").toFile())
            .start();
    RealAlertmanager started = new RealAlertmanager(port, process);
    Await.until("Alertmanager answers", started::answers);
    return started;
  }

  private static List<String> command(Path program, Path config, Path folder, int port) {
    List<String> command = new ArrayList<>();
    Path share = program.resolveSibling("../share").normalize();
    if (!share.equals(Path.of("/usr/share"))) {
      command.addAll(List.of("unshare", "-rm", "sh", "-c", IN_A_VIEW, "sh", share.toString()));
    }
    command.addAll(
        List.of(
            program.toString(),
            "--config.file=" + config,
            "--storage.path=" + folder.resolve("alertmanager"),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address="));
    return command;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  private boolean answers() {
    try {
      return silences() != null;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Its silences, those that have expired too. */
  JsonNode silences() throws IOException {
    return send(HttpRequest.newBuilder().GET(), "/api/v2/silences");
  }

  /** The names of alerts with their states. */
  JsonNode alerts() throws IOException {
    return send(HttpRequest.newBuilder().GET(), "/api/v2/alerts");
  }

  /** An alert that fires. */
  void fire(String name, String team) throws IOException {
    String body = "[{\"labels\":{\"alertname\":\"%s\",\"team\":\"%s\"}}]".formatted(name, team);
    var _ =
        send(
            HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)),
            "/api/v2/alerts");
  }

  private JsonNode send(HttpRequest.Builder request, String path) throws IOException {
    try {
      String body =
          client
              .send(
                  request.uri(URI.create(url() + path)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return body.isEmpty() ? Wire.JSON.missingNode() : Wire.JSON.readTree(body);
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      throw new IOException(cut);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    client.close();
  }
}
