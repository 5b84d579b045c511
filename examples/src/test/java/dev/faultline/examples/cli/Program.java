package dev.faultline.examples.cli;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The words that start Faultline. Where its jars are made, as in every build that gets so far, the
 * launcher's own way makes their start quick, once: these tests start it hundreds of times, and
 * each start takes a second less of the processor's time then.
 */
final class Program {

  private static final String JAR = "faultline-app.jar";
  private static final int PATIENCE_SECONDS = 600;

  /** As {@code ./faultline} prepares a build: options and functions are those of the launcher. */
  private static final String PREPARE =
      """
      launcher=$3/chaos-cli/launcher
      . "$launcher/start.sh"
      quicken "$1" "$2/lib" && practise "$1/bin/java" "$2/lib" "$2" "$3" && printf '%s\\n' "${start_options[@]}" >"$2/options"
      practise_agents "$1/bin/java" "$2/lib"
      """;

  private static final Path FOLDER = Cli.home().resolve("examples/target/start");
  private static final String CLASSES = archive("classes.jsa");
  private static final String OF_CLUSTERS = archive("cluster.jsa");
  private static final List<String> START = start();

  private Program() {}

  /** The program and its arguments. */
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(START);
    if (Stream.of(arguments).anyMatch(Program::tellsOfKubernetes)) {
      command.replaceAll(word -> word.equals(CLASSES) ? OF_CLUSTERS : word);
    }
    command.addAll(List.of(arguments));
    return command;
  }

  /** As the launcher chooses among its archives. */
  private static boolean tellsOfKubernetes(String argument) {
    Path file = Cli.home().resolve(argument);
    try {
      return Files.isRegularFile(file) && Files.readString(file).contains("kubernetes");
    } catch (IOException noText) {
      return false;
    }
  }

  private static List<String> start() {
    try {
      Optional<Path> jar = jar();
      return jar.isPresent() ? prepared(jar.get()) : plain();
    } catch (IOException slow) {
      System.err.println("Faultline starts slowly in these tests: " + slow.getMessage());
      return plain();
    }
  }

  private static String archive(String name) {
    return "-XX:SharedArchiveFile=" + FOLDER.resolve(name);
  }

  private static Optional<Path> jar() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(File.separator + JAR))
        .map(Path::of)
        .findFirst();
  }

  private static List<String> plain() {
    return List.of(
        java(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.faultline.app.Main");
  }

  private static List<String> prepared(Path jar) throws IOException {
    Path lib = Files.createDirectories(FOLDER.resolve("lib"));
    try (Stream<Path> jars = Files.list(jar.resolveSibling(""))) {
      for (Path each : jars.toList()) {
        // Old ones give way as files: a Faultline that still runs has them open.
        Files.deleteIfExists(lib.resolve(each.getFileName()));
        Files.copy(each, lib.resolve(each.getFileName()));
      }
    }
    prepare();
    List<String> start = new ArrayList<>(List.of(java()));
    start.addAll(Files.readAllLines(FOLDER.resolve("options")));
    start.addAll(
        List.of("-Dfaultline.home=" + Cli.home(), CLASSES, "-jar", lib.resolve(JAR).toString()));
    return List.copyOf(start);
  }

  private static void prepare() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                "-c",
                PREPARE,
                "prepare",
                System.getProperty("java.home"),
                FOLDER.toString(),
                Cli.home().toString())
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("log").toFile());
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, SECONDS) || process.exitValue() != 0) {
        throw new IOException("no quick start, see " + FOLDER.resolve("log"));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
