package dev.faultline.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to start with {@link Children}.
 *
 * @param argv the program and its arguments, passed on untouched; a program without a slash is
 *     looked up in the {@code PATH} of its own environment
 * @param environment what to add to the environment of this process
 * @param directory the absolute working directory
 */
public record ChildSpec(
    List<String> argv,
    Map<String, String> environment,
    Path directory,
    ChildOutput stdout,
    ChildOutput stderr) {

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException when there is no program, or a directory that is not absolute
   */
  public ChildSpec {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty() || argv.getFirst().isEmpty()) {
      throw new IllegalArgumentException("no program to start");
    }
    if (!directory.isAbsolute()) {
      throw new IllegalArgumentException("not an absolute directory: " + directory);
    }
  }

  /** A program in {@code /}, with the environment of this process, whose output is discarded. */
  public static ChildSpec of(String... argv) {
    return new ChildSpec(
        List.of(argv),
        Map.of(),
        Path.of("/"),
        new ChildOutput.Discard(),
        new ChildOutput.Discard());
  }

  /** The same with other outputs. */
  public ChildSpec withOutput(ChildOutput out, ChildOutput err) {
    return new ChildSpec(argv, environment, directory, out, err);
  }
}
