package dev.faultline.benchmarks.storm;

import dev.faultline.benchmarks.Times;
import dev.faultline.benchmarks.agents.Knocks;
import dev.faultline.environment.lives.Folders;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Prints how soon {@code faultline halt} ends a run in a cluster: what it did to packets by
 * connections to a pod, what it did to an object by the API server.
 */
public final class HaltTable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration A_WHILE = Duration.ofSeconds(2);
  private static final int HALTED = 6;
  private static final String FAULTS =
      "[{latency: {delay: 400ms}, target: {deployment: web}, traffic: {port: 8080}, for: 10m},"
          + " {setConfig: {key: timeout, value: 1ms}, target: {configMap: settings}, for: 10m}]";

  private final Program program;
  private final Weather weather;
  private final String file;
  private final Times times = new Times();

  private HaltTable(Program program, Weather weather, String file) {
    this.program = program;
    this.weather = weather;
    this.file = file;
  }

  /**
   * Halts a run again and again.
   *
   * @param args the command {@code faultline}, a kubeconfig of the Kubernetes for tests, the image
   *     of the agent, and how often
   */
  public static void main(String[] args) throws Exception {
    Path kubeconfig = Path.of(args[1]);
    int passes = Integer.parseInt(args[3]);
    Path folder = Files.createTempDirectory("faultline-halt");
    Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      Weather weather = new Weather(client, "halted");
      String text = weather.experiment(args[2], Trial.LEASE, FAULTS);
      Path file = Files.writeString(folder.resolve("halted.yaml"), text);
      HaltTable table =
          new HaltTable(new Program(args[0], kubeconfig, folder), weather, file.toString());
      weather.open();
      try (Knocks knocks = new Knocks(new InetSocketAddress(weather.address(), Weather.PORT))) {
        for (int pass = 0; pass < passes; pass++) {
          table.pass(knocks);
        }
      } finally {
        weather.close();
      }
      table.times.print(passes + " passes");
    } finally {
      Folders.remove(folder);
    }
  }

  private void pass(Knocks knocks) throws Exception {
    Files.deleteIfExists(program.said());
    Process run = program.start("run", file);
    try {
      Duration _ = Weather.until(PATIENCE, "both faults are in force", () -> inForce(run));
      Thread.sleep(A_WHILE);
      knocks.forget();
      long start = System.nanoTime();
      Process halt = program.start("halt", "--why", "a figure is wanted");
      Duration _ = Weather.until(PATIENCE, "the object is as before", weather::isSet);
      times.noteSince(start, "until the config map has its value again");
      end(halt, 0);
      times.noteSince(start, "until `halt` has told that all is undone");
      Thread.sleep(A_WHILE);
      times.note("until the last late packet", knocks.toLast(start, Weather.DELAY));
      end(run, HALTED);
      end(program.start("resume"), 0);
      weather.settle();
    } finally {
      run.destroy();
    }
  }

  private boolean inForce(Process run) {
    try {
      if (!run.isAlive()) {
        throw new IllegalStateException("no fault came: " + Files.readString(program.said()));
      }
      return program.faultsInForce() == 2;
    } catch (IOException unread) {
      return false;
    }
  }

  private void end(Process process, int exit) throws Exception {
    if (!process.waitFor(PATIENCE) || process.exitValue() != exit) {
      throw new IllegalStateException(
          "no end with %d: %s".formatted(exit, Files.readString(program.said())));
    }
  }
}
