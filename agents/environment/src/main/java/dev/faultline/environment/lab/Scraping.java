package dev.faultline.environment.lab;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.model.world.NotReady;
import dev.faultline.node.ChildOutput.Append;
import dev.faultline.node.ChildSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the lab's own Prometheus measures the lab.
 *
 * <p>It is started together with the lab, without targets, because it looks at its targets only
 * about five seconds after its start; it gets them when the processes are healthy, so that no
 * scrape of a process that was just starting lies in its data.
 *
 * <p>A process appears in {@code up{job="NAME"}}, and its own metrics get the labels {@code job}
 * and {@code service} unless they already have them.
 *
 * @param folder the lab's folder
 * @param port where Prometheus listens
 * @param interval how often it scrapes
 */
record Scraping(Path folder, int port, Duration interval) {

  /** The name of the lab's own Prometheus among its processes. */
  static final String NAME = "prometheus";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int SCRAPES = 2;

  /** Writes the settings; returns how the program is started with them. */
  Launch launch(String program) throws IOException {
    Files.writeString(folder.resolve("prometheus.yml"), JSON.writeValueAsString(settings()));
    List<String> argv =
        List.of(
            program,
            "--config.file=" + folder.resolve("prometheus.yml"),
            "--storage.tsdb.path=" + folder.resolve("prometheus"),
            "--storage.tsdb.retention.time=1d",
            "--web.listen-address=127.0.0.1:" + port);
    Path log = folder.resolve(NAME + ".log");
    return new Launch(
        NAME,
        new ChildSpec(argv, Map.of(), folder, new Append(log), new Append(log)),
        log,
        Optional.of(new HealthCheck(URI.create(url() + "/-/ready"), READY_WITHIN)),
        RestartRule.NEVER,
        List.of(),
        Optional.empty());
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Names the targets to Prometheus, which notices by itself. */
  void publish(Map<String, URI> targets) throws IOException {
    List<Map<String, Object>> groups =
        new TreeMap<>(targets)
            .entrySet().stream().map(target -> group(target.getKey(), target.getValue())).toList();
    Path unfinished = folder.resolve("targets.unfinished");
    Files.writeString(unfinished, JSON.writeValueAsString(groups));
    Files.move(unfinished, folder.resolve("targets.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Waits until each target was scraped twice.
   *
   * @throws NotReady when one of them could not be, in time
   */
  void awaitScrapes(Map<String, URI> targets) throws NotReady, InterruptedException {
    Duration bound = Duration.ofSeconds(15).plus(interval.multipliedBy(SCRAPES + 1L));
    Deadline deadline = Deadline.in(bound);
    PrometheusApi prometheus = new PrometheusApi(url());
    while (true) {
      Map<String, Double> scrapes = prometheus.successfulScrapes();
      List<String> unseen =
          targets.keySet().stream()
              .filter(name -> scrapes.getOrDefault(name, 0.0) < SCRAPES)
              .toList();
      if (unseen.isEmpty()) {
        return;
      }
      if (deadline.isOver()) {
        String name = unseen.getFirst();
        throw new NotReady(
            "Prometheus cannot read the metrics of %s at %s: %s; correct 'metrics' of that process"
                .formatted(name, targets.get(name), prometheus.complaintOf(name)));
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private Map<String, Object> settings() {
    Duration timeout = interval.compareTo(LONGEST_TIMEOUT) < 0 ? interval : LONGEST_TIMEOUT;
    return Map.of(
        "global",
        Map.of("scrape_interval", millis(interval), "scrape_timeout", millis(timeout)),
        "scrape_configs",
        List.of(
            Map.of(
                "job_name",
                "lab",
                "honor_labels",
                true,
                "file_sd_configs",
                List.of(Map.of("files", List.of(folder.resolve("targets.json").toString()))))));
  }

  private static Map<String, Object> group(String name, URI metrics) {
    return Map.of(
        "targets",
        List.of(metrics.getAuthority()),
        "labels",
        Map.of("job", name, "service", name, "__metrics_path__", metrics.getPath()));
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + "ms";
  }
}
