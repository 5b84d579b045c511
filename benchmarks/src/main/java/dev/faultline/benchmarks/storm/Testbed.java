package dev.faultline.benchmarks.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The Kubernetes for tests, of which parts are killed and started again. Thread-safe.
 *
 * @param scripts the folder with {@code up} and {@code node}
 * @param state where the running cluster keeps its pid files
 */
record Testbed(Path scripts, Path state) {

  private static final Duration BOUND = Duration.ofMinutes(3);

  /** Kills the first process of a pod; says nothing when it is gone already. */
  void killPod(String namespace, String pod) throws IOException, InterruptedException {
    String pid = output(List.of(scripts.resolve("node").toString(), "pid", namespace, pod)).strip();
    if (!pid.isEmpty()) {
      kill(Long.parseLong(pid));
    }
  }

  /** Kills what is in a pid file, and starts it again after a while. */
  synchronized void killForAWhile(String name, Duration away)
      throws IOException, InterruptedException {
    kill(Long.parseLong(Files.readString(state.resolve(name + ".pid")).strip()));
    TimeUnit.MILLISECONDS.sleep(away.toMillis());
    String _ = output(List.of(scripts.resolve("up").toString(), "real"));
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Path file = Files.createTempFile("faultline-storm", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(file.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(BOUND)) {
        process.destroyForcibly();
        throw new IOException("does not end: " + command);
      }
      return Files.readString(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
