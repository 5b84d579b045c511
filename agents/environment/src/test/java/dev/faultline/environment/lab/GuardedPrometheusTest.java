package dev.faultline.environment.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.environment.FreePort;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Tools;
import dev.faultline.environment.prometheus.GuardedServer;
import dev.faultline.environment.prometheus.PrometheusClient;
import dev.faultline.environment.prometheus.Secret;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Reading;
import dev.faultline.load.Certificates;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.environment.PrometheusEndpoint.Tls;
import dev.faultline.model.gate.Alert;
import dev.faultline.model.gate.BurnRate;
import dev.faultline.model.gate.Signal;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Query.AlertStatus;
import dev.faultline.model.world.Query.PromInstant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus behind mutual TLS, a path, a password, a tenant and compression. */
@Tag("slow")
class GuardedPrometheusTest {

  private static final String RULES =
      """
      groups:
        - name: all
          interval: 1s
          rules:
            - {alert: Fires, expr: 'vector(1) > 0', labels: {service: shop}}
            - {alert: Silent, expr: 'vector(1) > 1'}
            - {alert: Waits, expr: 'vector(1) > 0', for: 1h}
            - {alert: Broken, expr: 'label_replace(vector(1), "9", "", "", "")'}
      """;

  @TempDir private Path folder;
  private final Lives lives = new Lives();
  private final HttpClient http = HttpClient.newHttpClient();
  private Optional<Process> prometheus = Optional.empty();

  @AfterEach
  void end() throws Exception {
    if (prometheus.isPresent()) {
      prometheus.get().destroyForcibly().waitFor();
    }
    lives.end();
    http.close();
  }

  @Test
  void aBurnRateAndAlertsAreReadThroughAllOfIt() throws Exception {
    int port = start();
    Certificates certificates = new Certificates(folder);
    certificates.make("server", "ip:127.0.0.1");
    certificates.make("client", "dns:client");
    Secret.write(folder.resolve("password"), "s3cret");
    String basic = "Basic " + Base64.getEncoder().encodeToString("ann:s3cret".getBytes(UTF_8));
    try (GuardedServer gateway =
            GuardedServer.mutual(
                    certificates.server("server", "client"),
                    (method, path, body) -> forward(port, method, path, body))
                .accepting(basic);
        PrometheusClient client = new PrometheusClient(endpoint(gateway.url()), folder)) {
      Await.until("all rules evaluated", () -> evaluated(client));

      assertThat(read(client, Alert.of("Fires")))
          .isEqualTo(new Reading.Value(1, Optional.of("firing for {service=shop}")));
      assertThat(read(client, Alert.of("Silent")))
          .isEqualTo(new Reading.Value(0, Optional.of("silent")));
      assertThat(read(client, Alert.of("Waits")))
          .isEqualTo(new Reading.Value(0, Optional.of("silent")));
      assertThat(read(client, Alert.of("Broken"))).isInstanceOf(Reading.Blind.class);
      assertThat(read(client, Alert.of("Mistyped"))).isInstanceOf(Reading.Blind.class);
      assertThat(read(client, burnRate()))
          .isInstanceOfSatisfying(
              Reading.Value.class,
              burn ->
                  assertThat(burn.words())
                      .contains("burns 25× over 1m and 25× over 10s, limit 14.4×"));
    }
  }

  private static BurnRate burnRate() {
    return new BurnRate(
        Optional.of("max_over_time(vector(1)[$window:1s])"),
        Optional.of("max_over_time(vector(4)[$window:1s])"),
        Optional.empty(),
        Quantity.parse("99%"),
        List.of(
            new BurnRate.Pair(
                Duration.ofMinutes(1), Duration.ofSeconds(10), Quantity.parse("14.4"))));
  }

  private static boolean evaluated(PrometheusClient client) {
    return client.ask(new AlertStatus("Broken")) instanceof Answer.AlertsAre alerts
        && alerts.rules().stream()
            .anyMatch(
                rule -> rule.trouble().filter(why -> why.contains("evaluate this")).isPresent())
        && client.ask(new AlertStatus("Fires")) instanceof Answer.AlertsAre fires
        && fires.rules().stream().anyMatch(rule -> !rule.firing().isEmpty());
  }

  private static Reading read(PrometheusClient client, Signal signal) {
    return signal.read(signal.queries().stream().map(query -> ask(client, query)).toList());
  }

  private static Answer ask(PrometheusClient client, Query query) {
    return switch (query) {
      case PromInstant instant -> client.ask(instant);
      case AlertStatus alert -> client.ask(alert);
      default -> throw new AssertionError("not of Prometheus: " + query);
    };
  }

  private static PrometheusEndpoint endpoint(String url) {
    return new PrometheusEndpoint(
        Optional.of(url),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("ann"),
        Optional.of("password"),
        Optional.empty(),
        Optional.of(
            new Tls(
                Optional.of("server.crt"),
                Optional.of("client.crt"),
                Optional.of("client.key"),
                Optional.empty())),
        Map.of("X-Scope-OrgID", "shop"),
        Optional.of(Duration.ofSeconds(20)),
        Optional.empty());
  }

  private byte[] forward(int port, String method, String path, byte[] body) throws IOException {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray())
          .body();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException(ended);
    }
  }

  private int start() throws Exception {
    String program =
        new PrometheusProgram(
                "prometheus",
                PrometheusProgram.sourcesOfThisMachine(),
                LabKit.place(folder).cache().resolve("prometheus"),
                new Tools(lives, folder),
                _ -> {})
            .find();
    Files.writeString(folder.resolve("rules.yml"), RULES);
    Files.writeString(folder.resolve("prometheus.yml"), "rule_files: [rules.yml]\n");
    int port = FreePort.choose();
    prometheus =
        Optional.of(
            new ProcessBuilder(
                    program,
                    "--config.file=prometheus.yml",
                    "--storage.tsdb.path=data",
                    "--web.listen-address=127.0.0.1:" + port)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start());
    return port;
  }
}
