package dev.faultline.environment.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.faultline.environment.Await;
import dev.faultline.environment.FreePort;
import dev.faultline.environment.prometheus.PrometheusClient;
import dev.faultline.environment.prometheus.PrometheusPast;
import dev.faultline.judge.Reading;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.gate.Prometheus;
import dev.faultline.model.gate.Ratio;
import dev.faultline.model.gate.Signal;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Moments;
import dev.faultline.model.world.Query;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Half an hour that a real Prometheus has stored: it takes in samples with times of their own. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StoredPastTest {

  private static final int SAMPLES = 120;
  private static final Duration STEP = Duration.ofSeconds(15);

  private Path folder = Path.of("");
  private final Instant first =
      Instant.now().minus(Duration.ofMinutes(40)).truncatedTo(ChronoUnit.SECONDS);
  private Optional<Process> prometheus = Optional.empty();
  private Optional<HttpServer> exporter = Optional.empty();
  private Optional<PrometheusClient> client = Optional.empty();

  @BeforeAll
  void store(@TempDir Path temp) throws Exception {
    folder = temp;
    client = Optional.of(new PrometheusClient(endpoint(start(export())), folder));
    Query last = new Query.PromInstant("errors{}");
    Moments end = new Moments(first.plus(STEP.multipliedBy(SAMPLES - 1L)), STEP, 1);
    Await.until(
        "all is stored",
        () ->
            past().ask(last, end).getFirst() instanceof Answer.Series series
                && !series.series().isEmpty());
  }

  @AfterAll
  void end() throws Exception {
    client.ifPresent(PrometheusClient::close);
    if (prometheus.isPresent()) {
      prometheus.get().destroyForcibly().waitFor();
    }
    exporter.ifPresent(server -> server.stop(0));
  }

  @Test
  void eachMomentIsAnsweredAsItWas() {
    Moments moments = new Moments(first.minus(STEP), STEP, SAMPLES + 1);

    List<Reading> errors = read(Prometheus.of("sum(errors)"), moments);

    assertThat(errors.getFirst()).isInstanceOf(Reading.Blind.class);
    assertThat(errors.subList(1, SAMPLES + 1))
        .containsExactlyElementsOf(
            IntStream.range(0, SAMPLES).<Reading>mapToObj(i -> new Reading.Value(i)).toList());
  }

  @Test
  void anEmptyPartOfARatioIsNone() {
    Moments moments = new Moments(first, STEP, SAMPLES);

    assertThat(read(new Ratio("missing", "requests"), moments))
        .containsOnly(new Reading.Value(0))
        .hasSize(SAMPLES);
  }

  @Test
  void aRangeEndsAtEachMoment() {
    Prometheus mean =
        new Prometheus(
            "sum(errors)",
            Optional.of(STEP.multipliedBy(2)),
            Optional.of(STEP),
            Optional.of(Prometheus.Reduce.AVG));
    Moments moments = new Moments(first.plus(STEP.multipliedBy(2)), STEP, SAMPLES - 2);

    assertThat(read(mean, moments))
        .containsExactlyElementsOf(
            IntStream.range(1, SAMPLES - 1).<Reading>mapToObj(i -> new Reading.Value(i)).toList());
  }

  @Test
  void moreThanPrometheusGivesAtOnceIsAskedForInParts() {
    Moments moments = new Moments(first, Duration.ofMillis(100), 17_000);

    List<Reading> errors = read(Prometheus.of("sum(errors)"), moments);

    assertThat(errors).hasSize(17_000).doesNotHaveAnyElementsOfTypes(Reading.Blind.class);
    assertThat(errors.get(9_999)).isEqualTo(new Reading.Value(66));
    assertThat(errors.get(16_999)).isEqualTo(new Reading.Value(113));
  }

  @Test
  void whatKeepsNoPastSaysSo() {
    assertThat(past().ask(new Query.LoadStatus(Duration.ofSeconds(5)), new Moments(first, STEP, 2)))
        .hasSize(2)
        .hasOnlyElementsOfType(Answer.Unanswered.class);
  }

  private PrometheusPast past() {
    return new PrometheusPast(client.orElseThrow());
  }

  private List<Reading> read(Signal signal, Moments moments) {
    List<List<Answer>> answers =
        signal.queries().stream().map(query -> past().ask(query, moments)).toList();
    return IntStream.range(0, moments.count())
        .mapToObj(look -> signal.read(answers.stream().map(all -> all.get(look)).toList()))
        .toList();
  }

  /** Counts up from 0, a sample each 15 s. */
  private int export() throws Exception {
    String page =
        IntStream.range(0, SAMPLES)
            .mapToObj(
                i -> {
                  long at = first.plus(STEP.multipliedBy(i)).toEpochMilli();
                  return "errors{code=\"500\"} %d %d\nrequests 7 %d\n".formatted(i, at, at);
                })
            .collect(Collectors.joining());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] body = page.getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    exporter = Optional.of(server);
    return server.getAddress().getPort();
  }

  private static PrometheusEndpoint endpoint(int port) {
    return PrometheusEndpoint.at("http://127.0.0.1:" + port);
  }

  private int start(int target) throws Exception {
    Path program = TestPrometheus.program(folder);
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s}
        scrape_configs: [{job_name: past, static_configs: [{targets: ["127.0.0.1:%d"]}]}]
        """
            .formatted(target));
    int port = FreePort.choose();
    prometheus =
        Optional.of(
            new ProcessBuilder(
                    program.toString(),
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
