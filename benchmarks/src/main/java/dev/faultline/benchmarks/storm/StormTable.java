package dev.faultline.benchmarks.storm;

import dev.faultline.benchmarks.Spread;
import dev.faultline.environment.lives.Folders;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Prints what is left of runs a part of which was killed with -9 while their faults were on. */
public final class StormTable {

  private static final List<Victim> VICTIMS = List.of(Victim.values());

  private StormTable() {}

  /**
   * Kills, several runs at a time.
   *
   * @param args the command {@code faultline}, the folder of the scripts of the Kubernetes for
   *     tests, the folder of its state, its kubeconfig, the image of the agent, how many kills, how
   *     many runs at a time, and a seed
   */
  public static void main(String[] args) throws Exception {
    Path kubeconfig = Path.of(args[3]);
    int kills = Integer.parseInt(args[5]);
    int width = Integer.parseInt(args[6]);
    Random chance = new Random(Long.parseLong(args[7]));
    Path folder = Files.createTempDirectory("faultline-storm");
    Testbed testbed = new Testbed(Path.of(args[1]), Path.of(args[2]));
    Trial.Settings settings = new Trial.Settings(args[0], kubeconfig, args[4], testbed);
    Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
    List<Trial.Outcome> outcomes = new ArrayList<>();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
        ExecutorService workers = Executors.newFixedThreadPool(width)) {
      List<Future<Trial.Outcome>> running = new ArrayList<>();
      for (int number = 0; number < kills; number++) {
        Trial trial =
            new Trial(
                settings,
                new Weather(client, "storm-" + number),
                Files.createDirectory(folder.resolve(Integer.toString(number))),
                chance.nextBoolean(),
                VICTIMS.get(chance.nextInt(VICTIMS.size())),
                new Random(chance.nextLong()));
        running.add(workers.submit(trial::run));
      }
      for (Future<Trial.Outcome> one : running) {
        outcomes.add(one.get());
        System.err.println(outcomes.size() + ": " + outcomes.getLast());
      }
    } finally {
      Folders.remove(folder);
    }
    print(outcomes);
  }

  private static void print(List<Trial.Outcome> outcomes) {
    System.out.printf(
        "%d kills, a lease of %d s; %d left anything%n%n",
        outcomes.size(),
        Trial.LEASE.toSeconds(),
        outcomes.stream().filter(one -> !one.residue().isEmpty()).count());
    System.out.println(
        "| killed | disturbed | kills | left anything | calm after, ms: least, median, most | clean"
            + " after, ms | exit codes |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (Victim victim : Victim.values()) {
      for (boolean packets : new boolean[] {false, true}) {
        row(
            victim.words(),
            packets ? "packets" : "objects",
            outcomes.stream()
                .filter(one -> one.victim() == victim && one.packets() == packets)
                .toList());
      }
    }
  }

  private static void row(String killed, String disturbed, List<Trial.Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      return;
    }
    String exits =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(Trial.Outcome::exit, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(exit -> "%d × %d".formatted(exit.getValue(), exit.getKey()))
            .collect(Collectors.joining(", "));
    System.out.printf(
        "| %s | %s | %d | %d | %s | %s | %s |%n",
        killed,
        disturbed,
        outcomes.size(),
        outcomes.stream().filter(one -> !one.residue().isEmpty()).count(),
        Spread.millis(outcomes.stream().map(Trial.Outcome::calmAfter)),
        Spread.millis(outcomes.stream().map(Trial.Outcome::cleanAfter)),
        exits);
  }
}
