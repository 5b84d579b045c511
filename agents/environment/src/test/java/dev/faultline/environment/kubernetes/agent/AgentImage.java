package dev.faultline.environment.kubernetes.agent;

import dev.faultline.load.pod.LoadPod;
import dev.faultline.node.pod.PodAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.hc.core5.http.HttpRequest;
import org.junit.jupiter.api.Assumptions;

/**
 * The image of the agent, built from the classes under test and loaded into the cluster for tests;
 * {@code FAULTLINE_TEST_AGENT_IMAGE} names one that the cluster has already.
 */
public final class AgentImage {

  private static final String NAME = "localhost/faultline-agent:test";
  private static final String IS_THERE = "FAULTLINE_TEST_AGENT_IMAGE";
  private static final int MISSING_HERE = 5;
  private static final int MINUTES = 15;

  private AgentImage() {}

  /** Its name, once the first node has it. */
  static String load(Path folder) throws IOException, InterruptedException {
    return load(folder, 1);
  }

  /** Its name, once so many nodes have it. */
  public static String load(Path folder, int nodes) throws IOException, InterruptedException {
    Optional<String> there = Optional.ofNullable(System.getenv(IS_THERE));
    if (there.isPresent()) {
      return there.get();
    }
    Path image = build(folder);
    Path said = folder.resolve("load.log");
    String in = checkout().resolve(".ci/cluster/node").toString();
    for (int node = 1; node <= nodes; node++) {
      String which = Integer.toString(node);
      if (run(said, in, which, "ctr", "-n", "k8s.io", "images", "import", image.toString()) != 0) {
        throw new IOException(Files.readString(said));
      }
    }
    return NAME;
  }

  /** Makes it; skips the test, with the reason, where it cannot be. */
  static Path build(Path folder) throws IOException, InterruptedException {
    Path image = folder.resolve("agent.tar");
    Path java = Path.of(System.getProperty("java.home"));
    Path said = folder.resolve("image.log");
    List<String> command =
        new ArrayList<>(List.of(checkout().resolve("deploy/agent-image/build").toString()));
    // The agent's own is the first one.
    for (Class<?> one :
        List.of(PodAgent.class, LoadPod.class, HttpRequest.class, Histogram.class)) {
      command.addAll(List.of("--jar", jar(folder, java, one).toString()));
    }
    command.addAll(
        List.of(
            "--out",
            image.toString(),
            "--name",
            NAME,
            "--packages",
            packages().toString(),
            "--jdk",
            java.toString()));
    int exit = run(said, command.toArray(String[]::new));
    if (exit == MISSING_HERE) {
      Assumptions.abort("needs the image of the agent: " + Files.readString(said));
    }
    if (exit != 0) {
      throw new IOException(Files.readString(said));
    }
    return image;
  }

  /** Kept between runs, as the Kubernetes for tests is. */
  private static Path packages() {
    String cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .orElse(System.getProperty("user.home") + "/.cache");
    return Path.of(cache, "faultline-tests", "agent-image");
  }

  private static Path jar(Path folder, Path java, Class<?> one)
      throws IOException, InterruptedException {
    Path classes = Path.of(one.getProtectionDomain().getCodeSource().getLocation().getPath());
    if (Files.isRegularFile(classes)) {
      return classes;
    }
    Path jar = folder.resolve(one.getSimpleName() + ".jar");
    Path said = folder.resolve("jar.log");
    String tool = java.resolve("bin/jar").toString();
    if (run(
            said,
            tool,
            "--create",
            "--date=2026-01-01T00:00:00Z",
            "--file",
            jar.toString(),
            "-C",
            classes.toString(),
            ".")
        != 0) {
      throw new IOException(Files.readString(said));
    }
    return jar;
  }

  private static int run(Path said, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("does not end: " + String.join(" ", command));
    }
    return process.exitValue();
  }

  private static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".ci/cluster"))) {
      folder =
          Optional.ofNullable(folder.getParent())
              .orElseThrow(() -> new IllegalStateException("tests run in a checkout"));
    }
    return folder;
  }
}
