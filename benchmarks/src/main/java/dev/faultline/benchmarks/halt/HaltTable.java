package dev.faultline.benchmarks.halt;

import dev.faultline.benchmarks.Times;
import dev.faultline.environment.lives.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints how soon {@code faultline halt} brings several runs at once to their end. What they froze
 * is asked for its state from outside, of the kernel.
 */
public final class HaltTable {

  private static final int RUNS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String EXPERIMENT =
      """
      apiVersion: faultline.dev/v1
      kind: Experiment
      metadata: {name: run-NUMBER}
      spec:
        environment: {local: {processes: {idle: {pidFile: NUMBER.pid}}}}
        gates: [{name: alive, command: ["true"], equals: 0}]
        faults: [{freeze: {}, target: {process: idle}, for: 10m}]
        recovery: {within: 5s}
      """;

  private final String faultline;
  private final Path folder;
  private final Times times = new Times();

  private HaltTable(String faultline, Path folder) {
    this.faultline = faultline;
    this.folder = folder;
  }

  /**
   * Halts runs again and again.
   *
   * @param args the command {@code faultline}, and how often
   */
  public static void main(String[] args) throws Exception {
    int passes = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    Path folder = Files.createTempDirectory("faultline-halt");
    try {
      HaltTable table = new HaltTable(args[0], folder);
      for (int pass = 0; pass < passes; pass++) {
        table.pass();
      }
      table.times.print("%d passes, %d runs each".formatted(passes, RUNS));
    } finally {
      Folders.remove(folder);
    }
  }

  private void pass() throws Exception {
    List<Process> victims = new ArrayList<>();
    List<Process> runs = new ArrayList<>();
    try {
      for (int number = 0; number < RUNS; number++) {
        victims.add(new ProcessBuilder("sleep", "600").start());
        Files.writeString(folder.resolve(number + ".pid"), String.valueOf(victims.getLast().pid()));
        String file = number + ".yaml";
        Files.writeString(
            folder.resolve(file), EXPERIMENT.replace("NUMBER", String.valueOf(number)));
        runs.add(faultline("run", file));
      }
      await(victims, true);
      halt(victims, runs);
      end(faultline("resume"), 0);
    } finally {
      runs.forEach(Process::destroy);
      victims.forEach(Process::destroyForcibly);
    }
  }

  private void halt(List<Process> victims, List<Process> runs) throws Exception {
    long start = System.nanoTime();
    Process halt = faultline("halt", "--why", "a figure is wanted");
    await(victims, false);
    times.noteSince(start, "until nothing is frozen any more");
    end(halt, 0);
    times.noteSince(start, "until `halt` has told that all is undone");
    for (Process run : runs) {
      end(run, 6);
    }
  }

  private Process faultline(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(faultline));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("errors").toFile());
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    return builder.start();
  }

  private void end(Process process, int exit) throws Exception {
    if (!process.waitFor(PATIENCE) || process.exitValue() != exit) {
      throw new IllegalStateException(
          "no end with %d: %s".formatted(exit, Files.readString(folder.resolve("errors"))));
    }
  }

  private void await(List<Process> victims, boolean frozen) throws Exception {
    long start = System.nanoTime();
    for (Process victim : victims) {
      while (isFrozen(victim) != frozen) {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw new IllegalStateException(
              "not yet %s: %s"
                  .formatted(
                      frozen ? "frozen" : "going on", Files.readString(folder.resolve("errors"))));
        }
        Thread.sleep(1);
      }
    }
  }

  private static boolean isFrozen(Process victim) throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(victim.pid()), "stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
  }
}
