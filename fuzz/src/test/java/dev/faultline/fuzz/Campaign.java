package dev.faultline.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mutants for one reader, in a process of its own: what hangs, fills the heap or ends the JVM ends
 * only that. What brought new coverage is kept in {@code target/fuzz}, where the next one begins.
 *
 * @param folder for inputs, the log and what was found
 * @param executions where it ends; 0 for no such end
 * @param time where it ends at the latest
 */
record Campaign(Reader reader, Path folder, long executions, Duration time) {

  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in \\d+ second");
  private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+)");
  private static final String OURS = "dev.faultline.**";
  private static final String NOT_OURS = "dev.faultline.fuzz.**";
  private static final int TAIL = 60;

  /**
   * How it ended.
   *
   * @param exit 0 when nothing was found
   * @param executions how many inputs were tried
   * @param coverage how many branches of ours they reached
   * @param log its end, with the stack trace and the file of what was found
   */
  record Ended(int exit, long executions, long coverage, String log) {}

  /** Runs it to its end. */
  Ended run() throws IOException, InterruptedException {
    Path seeds = Files.createDirectories(folder.resolve("seeds"));
    Files.createDirectories(folder.resolve("corpus"));
    for (int i = 0; i < reader.seeds().size(); i++) {
      Files.write(seeds.resolve("seed-%04d".formatted(i)), reader.seeds().get(i));
    }
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      return ended(process.waitFor(), Files.readString(log));
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> command() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-Djdk.attach.allowAttachSelf=true",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dfuzz.root=" + Pages.root(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + reader.target().getName()));
    for (String what : List.of("instrumentation", "custom_hook")) {
      command.add("--%s_includes=%s".formatted(what, OURS));
      command.add("--%s_excludes=%s".formatted(what, NOT_OURS));
    }
    command.addAll(limits());
    command.addAll(List.of("corpus", "seeds"));
    return command;
  }

  private List<String> limits() {
    return List.of(
        "-runs=" + (executions == 0 ? -1 : executions),
        "-max_total_time=" + time.toSeconds(),
        // One input; for what never ends, the rest is for Bounds.
        "-timeout=60",
        // The heap has a bound; what the JVM needs beside it is its own affair.
        "-rss_limit_mb=0");
  }

  private static Ended ended(int exit, String log) {
    Matcher done = DONE.matcher(log);
    long executions = done.find() ? Long.parseLong(done.group(1)) : 0;
    long coverage =
        COVERAGE
            .matcher(log)
            .results()
            .mapToLong(found -> Long.parseLong(found.group(1)))
            .max()
            .orElse(0);
    List<String> lines =
        log.lines().filter(line -> !line.startsWith("INFO: Instrumented")).toList();
    return new Ended(
        exit,
        executions,
        coverage,
        String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size())));
  }
}
