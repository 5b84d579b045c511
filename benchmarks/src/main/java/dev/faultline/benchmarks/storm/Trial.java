package dev.faultline.benchmarks.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One run in a namespace of its own, one of whose parts is killed while its faults are in force.
 *
 * @param settings what all trials have in common
 * @param weather what is disturbed
 * @param folder for its files
 * @param packets whether packets are disturbed, or objects
 * @param victim what is killed
 * @param chance when, and which
 */
record Trial(
    Settings settings,
    Weather weather,
    Path folder,
    boolean packets,
    Victim victim,
    Random chance) {

  static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration STARTING = Duration.ofMinutes(3);
  private static final Duration ENDING = Duration.ofMinutes(5);
  private static final Duration COLLECTING = Duration.ofMinutes(2);
  private static final int KILLED = 137;

  /** What all trials have in common. */
  record Settings(String faultline, Path kubeconfig, String image, Testbed testbed) {}

  /**
   * What became of one.
   *
   * @param exit of the run
   * @param calmAfter until nothing was disturbed any more, from the kill of the controller, else
   *     from the end of the run
   * @param cleanAfter until nothing of ours was there any more, from the end of {@code faultline
   *     undo}: Kubernetes itself removes the pods of a deleted job
   * @param residue what was disturbed or left all the same
   */
  record Outcome(
      Victim victim,
      boolean packets,
      int exit,
      Duration calmAfter,
      Duration cleanAfter,
      String residue) {}

  private static final String OBJECTS =
      "[{scale: {replicas: 1}, target: {deployment: web}, for: 20s},"
          + " {setConfig: {key: timeout, value: 1ms}, target: {configMap: settings}, for: 20s}]";
  private static final String PACKETS =
      "[{latency: {delay: 400ms}, target: {deployment: web}, traffic: {port: 8080}, for: 20s}]";

  /** Again while what another trial kills keeps this one from beginning. */
  private static final int ATTEMPTS = 8;

  Outcome run() throws IOException, InterruptedException {
    weather.open();
    try {
      for (int attempt = 1; ; attempt++) {
        Files.deleteIfExists(program().said());
        Process run = program().start("run", file().toString());
        try {
          if (faultsCome(run)) {
            TimeUnit.MILLISECONDS.sleep(chance.nextInt(5_000));
            kill(run);
            return judge(run);
          }
          if (attempt == ATTEMPTS) {
            throw new IllegalStateException("no fault came: " + Files.readString(program().said()));
          }
          weather.settle();
        } finally {
          run.destroyForcibly();
        }
      }
    } finally {
      weather.close();
    }
  }

  private Path file() throws IOException {
    return Files.writeString(
        folder.resolve("storm.yaml"),
        weather.experiment(settings.image(), LEASE, packets ? PACKETS : OBJECTS));
  }

  private Program program() {
    return new Program(settings.faultline(), settings.kubeconfig(), folder);
  }

  private boolean faultsCome(Process run) throws IOException, InterruptedException {
    long end = System.nanoTime() + STARTING.toNanos();
    while (program().faultsInForce() < (packets ? 1 : 2)) {
      if (!run.isAlive() || System.nanoTime() > end) {
        int _ = ended(run);
        return false;
      }
      Thread.sleep(100);
    }
    return true;
  }

  private void kill(Process run) throws IOException, InterruptedException {
    Duration away = Duration.ofSeconds(2L + chance.nextInt(8));
    switch (victim) {
      case CONTROLLER -> run.destroyForcibly().waitFor();
      case AGENT -> {
        List<String> workers = weather.workers();
        if (!workers.isEmpty()) {
          String pod = workers.get(chance.nextInt(workers.size()));
          settings.testbed().killPod(weather.namespace(), pod);
        }
      }
      case NODE -> settings.testbed().killForAWhile("node1", away);
      case API_SERVER -> settings.testbed().killForAWhile("kube-apiserver", away);
    }
  }

  private Outcome judge(Process run) throws IOException, InterruptedException {
    int exit = victim == Victim.CONTROLLER ? KILLED : ended(run);
    Duration calm = ENDING;
    Duration clean = ENDING;
    String residue = "";
    try {
      calm = Weather.until(ENDING, "all as before", weather::calm);
      if (ended(program().start("undo")) != 0) {
        residue = "undo: " + Files.readString(program().said());
      }
      clean = Weather.until(COLLECTING, "nothing is left", () -> weather.left().isEmpty());
    } catch (IllegalStateException disturbed) {
      residue =
          "%s: %s, %s"
              .formatted(
                  disturbed.getMessage(), weather.left(), Files.readString(program().said()));
    }
    return new Outcome(victim, packets, exit, calm, clean, residue);
  }

  private static int ended(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(ENDING)) {
      process.destroyForcibly();
      throw new IOException("does not end");
    }
    return process.exitValue();
  }
}
