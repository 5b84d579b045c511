package dev.faultline.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Faultline with a state folder of its own. All that it starts inherits a mark in its environment,
 * by which it is found in {@code /proc}; {@link #close} leaves none of it behind.
 */
final class Cli implements AutoCloseable {

  private final Path folder;
  private final Marked marked = new Marked("FAULTLINE_TEST_MARK", UUID.randomUUID().toString());
  private int started;

  /** Uses a folder for all that it writes. */
  Cli(Path folder) {
    this.folder = folder;
  }

  /** The checkout: paths of examples start there. */
  static Path home() {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return Objects.requireNonNull(module.getParent());
  }

  static Path example(String name) {
    return home().resolve("examples/shop").resolve(name);
  }

  /** The program and its arguments. */
  static List<String> command(String... arguments) {
    return Program.command(arguments);
  }

  /** Runs a command to its end. */
  Ended run(String... arguments) throws Exception {
    return start(arguments).end();
  }

  Running start(String... arguments) throws IOException {
    return start(Map.of(), command(arguments));
  }

  /** Starts a program with more environment variables; each sees the same state folder. */
  Running start(Map<String, String> more, List<String> command) throws IOException {
    started++;
    Path out = folder.resolve("out-" + started);
    Path err = folder.resolve("err-" + started);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home().toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> env = builder.environment();
    env.remove("JAVA_TOOL_OPTIONS"); // the JVM would print it
    env.remove("NO_COLOR");
    env.put("XDG_STATE_HOME", stateHome().toString());
    env.put("LC_ALL", "C.UTF-8");
    env.put(marked.variable(), marked.value());
    env.putAll(more);
    return new Running(builder.start(), out, err);
  }

  Path stateHome() {
    return folder.resolve("state");
  }

  List<Path> runs() throws IOException {
    Path runs = stateHome().resolve("faultline/runs");
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(runs)) {
      return found.sorted().toList();
    }
  }

  /** The folder of the latest run. */
  Path latest() throws IOException {
    return runs().getLast();
  }

  /** What Faultline and all that it started have open and running. */
  Marked marked() {
    return marked;
  }

  /** Writes a file beside the state folder. */
  String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    for (long process : marked.processes()) {
      ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
