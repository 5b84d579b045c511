package dev.faultline.benchmarks.kubernetes;

import dev.faultline.benchmarks.Spread;
import dev.faultline.benchmarks.memory.Held;
import dev.faultline.environment.lives.Folders;
import dev.faultline.model.codec.Codec;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Prints what it takes to kill many pods of a large deployment, beside {@code kubectl delete} and
 * the Chaos Toolkit.
 */
public final class KubernetesTable {

  private static final int KIB = 1024;
  private static final String EXPERIMENT =
      """
      apiVersion: faultline.dev/v1
      kind: Experiment
      metadata: {name: many-pods}
      spec:
        environment: {kubernetes: {namespace: faultline-crowd}}
        gates:
          - {name: some are ready, kubernetes: {deployment: crowd, read: readyReplicas}, above: 0}
        faults:
          - podKill: {}
            target: {deployment: crowd, count: VICTIMS}
        recovery: {within: 5s}
      """;

  private static final String CHAOS =
      """
      {"title": "many pods", "description": "many pods", "method": [{"type": "action", "name": "kill",
        "provider": {"type": "python", "module": "chaosk8s.pod.actions", "func": "terminate_pods",
          "arguments": {"label_selector": "app=crowd", "ns": "faultline-crowd", "qty": VICTIMS}}}]}
      """;

  /** The programs that are measured; {@code -} for a Chaos Toolkit that cannot be had. */
  private record Programs(String faultline, String kubectl, String chaos) {}

  private final Programs programs;
  private final Crowd crowd;
  private final Path folder;
  private final int victims;

  private KubernetesTable(Programs programs, Crowd crowd, Path folder, int victims) {
    this.programs = programs;
    this.crowd = crowd;
    this.folder = folder;
    this.victims = victims;
  }

  /**
   * Kills pods, the programs in turn.
   *
   * @param args the commands {@code faultline}, {@code kubectl} and {@code chaos}, which may be
   *     {@code -}, a kubeconfig of an administrator, how many pods there are, how many of them are
   *     killed, how often
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Config config = Config.fromKubeconfig(Files.readString(Path.of(args[3])));
    int pods = Integer.parseInt(args[4]);
    int victims = Integer.parseInt(args[5]);
    int passes = Integer.parseInt(args[6]);
    Path folder = Files.createTempDirectory("faultline-crowd");
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
        Crowd crowd = new Crowd(client, pods)) {
      KubernetesTable table =
          new KubernetesTable(new Programs(args[0], args[1], args[2]), crowd, folder, victims);
      List<Cost> plans = new ArrayList<>();
      List<Cost> runs = new ArrayList<>();
      List<Cost> deletes = new ArrayList<>();
      List<Cost> chaos = new ArrayList<>();
      for (int pass = 0; pass < passes; pass++) {
        plans.add(table.faultline("plan"));
        runs.add(table.faultline("run"));
        crowd.awaitWhole();
        deletes.add(table.kubectl());
        crowd.awaitWhole();
        if (!args[2].equals("-")) {
          chaos.add(table.chaos());
          crowd.awaitWhole();
        }
      }
      System.out.printf("%d of %d pods, %d passes: least, median, most%n%n", victims, pods, passes);
      System.out.println("| | all of it, ms | deletions, ms | requests per pod | memory, MiB |");
      System.out.println("|---|---|---|---|---|");
      table.print("`faultline plan`", plans);
      table.print("`faultline run`", runs);
      table.print("`kubectl delete pod NAME...`", deletes);
      if (!chaos.isEmpty()) {
        table.print("`chaos run`, terminate_pods", chaos);
      }
    } finally {
      Folders.remove(folder);
    }
  }

  private Cost faultline(String verb) throws IOException, InterruptedException {
    Path state = Files.createTempDirectory(folder, "state");
    Path file =
        Files.writeString(
            folder.resolve("many-pods.yaml"),
            EXPERIMENT.replace("VICTIMS", Integer.toString(victims)));
    ProcessBuilder program = program(List.of(programs.faultline(), verb, file.toString()));
    program.environment().put("XDG_STATE_HOME", state.toString());
    Cost cost = cost(program);
    return verb.equals("run")
        ? new Cost(cost.wall(), deletions(state), cost.requests(), cost.memory())
        : cost;
  }

  private Cost kubectl() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(programs.kubectl(), "delete", "pod"));
    command.addAll(crowd.some(victims));
    return cost(program(command));
  }

  private Cost chaos() throws IOException, InterruptedException {
    Path file =
        Files.writeString(
            folder.resolve("many-pods.json"), CHAOS.replace("VICTIMS", Integer.toString(victims)));
    String journal = folder.resolve("chaos-journal.json").toString();
    return cost(
        program(List.of(programs.chaos(), "run", "--journal-path", journal, file.toString()))
            .directory(folder.toFile()));
  }

  private ProcessBuilder program(List<String> command) throws IOException {
    ProcessBuilder program =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("said").toFile());
    program.environment().put("KUBECONFIG", crowd.account().kubeconfig(folder).toString());
    return program;
  }

  private Cost cost(ProcessBuilder program) throws IOException, InterruptedException {
    long before = crowd.account().requests();
    long began = System.nanoTime();
    Held held = Held.by(program);
    Duration wall = Duration.ofNanos(System.nanoTime() - began);
    return new Cost(wall, Duration.ZERO, crowd.account().requests() - before, held.own());
  }

  /** From the first that was intended to the last that the API server agreed to, by the journal. */
  private static Duration deletions(Path state) throws IOException {
    List<Path> journals;
    try (Stream<Path> files = Files.walk(state)) {
      journals = files.filter(file -> file.endsWith("journal.jsonl")).toList();
    }
    List<Instant> times = new ArrayList<>();
    for (String line : Files.readAllLines(journals.getFirst())) {
      JsonNode entry = Codec.json().readTree(line).path("entry");
      if (entry.path("event").has("stepIntended") || entry.path("event").has("stepApplied")) {
        times.add(Instant.parse(entry.path("at").asString("")));
      }
    }
    return Duration.between(times.getFirst(), times.getLast());
  }

  private void print(String name, List<Cost> costs) {
    long[] requests = costs.stream().mapToLong(Cost::requests).sorted().toArray();
    System.out.printf(
        "| %s | %s | %s | %s | %s |%n",
        name,
        Spread.millis(costs.stream().map(Cost::wall)),
        Spread.millis(costs.stream().map(Cost::deletes)),
        String.format(Locale.ROOT, "%.2f", (double) requests[requests.length / 2] / victims),
        Spread.of(costs.stream().mapToLong(cost -> cost.memory() / KIB).toArray()));
  }
}
