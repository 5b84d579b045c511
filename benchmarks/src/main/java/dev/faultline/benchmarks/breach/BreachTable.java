package dev.faultline.benchmarks.breach;

import dev.faultline.benchmarks.Times;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.environment.lives.Folders;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.StepSummary;
import dev.faultline.model.world.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prints how soon a version that fails three requests in ten, and gets one in ten, is without
 * traffic: in the shop, where a gate of Prometheus or of the load itself sees it.
 */
public final class BreachTable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int ROLLED_BACK = 8;
  private static final String ENVIRONMENT =
      """
      apiVersion: faultline.dev/v1
      kind: Environment
      metadata: {name: shop-hard-breach}
      spec: {extends: shop-canary, lab: {processes: {orders-v2: {env: {FAIL_PERCENT: "30"}}}}}
      """;
  private static final String ROLLOUT =
      """
      apiVersion: faultline.dev/v1
      kind: Rollout
      metadata: {name: hard-breach}
      spec:
        environment: shop-hard-breach
        load: {http: "http://127.0.0.1:${gateway.http}/checkout", rate: 200/s}
        stable: orders
        canary: orders-v2
        route:
          haproxy: {socket: "${lab}/front.sock", backend: orders, stable: orders, canary: orders-v2}
        steps: [{weight: 10%, hold: 30s}]
        gates: [GATE]
        compare:
          - errors: {bad: 'http_requests_total{job="${version}",code=~"5.."}', total: 'http_requests_total{job="${version}"}'}
        recovery: {within: 20s}
      """;
  private static final String BY_LOAD = "{name: errors, load: errors, below: 0.5%}";
  private static final String BY_PROMETHEUS =
      "{name: errors, below: 0.5%, ratio: {bad: 'sum(rate(http_requests_total{job=\"gateway\",code=~\"5..\"}[4s]))',"
          + " total: 'sum(rate(http_requests_total{job=\"gateway\"}[4s]))'}}";

  private final String faultline;
  private final Path shop;
  private final Path folder;
  private final Times times = new Times();
  private int number;

  private BreachTable(String faultline, Path shop, Path folder) {
    this.faultline = faultline;
    this.shop = shop;
    this.folder = folder;
  }

  /**
   * Rolls out again and again.
   *
   * @param args the command {@code faultline}, the folder of the examples, and how often
   */
  public static void main(String[] args) throws Exception {
    int passes = Integer.parseInt(args[2]);
    Path folder = Files.createTempDirectory("fl");
    try {
      Path shop = copy(Path.of(args[1]).toAbsolutePath(), folder);
      BreachTable table = new BreachTable(args[0], shop, folder);
      for (int pass = 0; pass < passes; pass++) {
        table.pass("a gate of Prometheus", BY_PROMETHEUS);
        table.pass("a gate of the load", BY_LOAD);
      }
      table.times.print(passes + " passes");
    } finally {
      Folders.remove(folder);
    }
  }

  /** The shop with an environment more; its programs are those of the examples. */
  private static Path copy(Path examples, Path folder) throws Exception {
    Path from = examples.resolve("shop");
    Path shop = folder.resolve("examples/shop");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path to = shop.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    Files.createSymbolicLink(folder.resolve("examples/target"), examples.resolve("target"));
    Files.writeString(shop.resolve("environments/shop-hard-breach.yaml"), ENVIRONMENT);
    return shop;
  }

  private void pass(String by, String gate) throws Exception {
    Path file = shop.resolve("hard-breach.yaml");
    Files.writeString(file, ROLLOUT.replace("GATE", gate));
    // The path of a socket has 97 characters at most.
    Path state = Files.createDirectory(folder.resolve(String.valueOf(++number)));
    Path said = state.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(faultline, "run", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("XDG_STATE_HOME", state.toString());
    Process run = builder.start();
    if (!run.waitFor(PATIENCE) || run.exitValue() != ROLLED_BACK) {
      run.destroy();
      throw new IllegalStateException("no end with 8: " + Files.readString(said));
    }
    RunFolder one = new RunStore(state.resolve("faultline")).all().getFirst();
    note(by, RunSummary.of(one.read().entries()));
  }

  private void note(String by, RunSummary run) {
    List<StepSummary> shifts =
        run.steps().stream()
            .filter(step -> step.ref().fault().equals(RolloutSpec.SHIFT))
            .filter(step -> step.step().action() instanceof Action.ShiftTraffic)
            .toList();
    StepSummary first = shifts.getFirst();
    Duration begin = first.effective().orElseThrow();
    Duration stop = run.stops().getFirst().elapsed();
    Duration back = first.ended().orElseThrow();
    times.note("10 % set to its stop, by " + by, stop.minus(begin));
    times.note("its stop to 0 % read from the router, by " + by, back.minus(stop));
    times.note("both, by " + by, back.minus(begin));
  }
}
