package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Libraries;
import dev.faultline.environment.lives.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The programs of PostgreSQL that Patroni calls.
 *
 * @param bin their folder
 * @param libraries folders with libraries that the system has not
 */
record ServerPrograms(Path bin, List<Path> libraries) {

  private static final Version LEAST = new Version(13, 0);
  private static final List<String> NAMES =
      List.of(
          "postgres",
          "initdb",
          "pg_ctl",
          "pg_basebackup",
          "pg_rewind",
          "pg_controldata",
          "pg_isready");

  ServerPrograms {
    libraries = List.copyOf(libraries);
  }

  /** Those in a folder that need nothing beside the system. */
  static ServerPrograms in(Path bin) {
    return new ServerPrograms(bin, List.of());
  }

  /** Their files. */
  List<Path> files() {
    return NAMES.stream().map(bin::resolve).toList();
  }

  Path postgres() {
    return bin.resolve("postgres");
  }

  /** Variables that they need. */
  Map<String, String> environment() {
    return Libraries.environment(libraries);
  }

  /** A command that is run with these variables. */
  List<String> command(String... argv) {
    Stream<String> variables =
        environment().entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue());
    return Stream.of(Stream.of("env"), variables, Stream.of(argv)).flatMap(words -> words).toList();
  }

  /**
   * Refuses those that Patroni cannot use.
   *
   * @throws IOException when one is missing, does not start, or is too old
   */
  void requireWork(Tools tools) throws IOException, InterruptedException {
    List<String> missing =
        NAMES.stream().filter(name -> !Files.isExecutable(bin.resolve(name))).toList();
    if (!missing.isEmpty()) {
      throw new IOException("%s has no %s".formatted(bin, String.join(", ", missing)));
    }
    Version.of(command(postgres().toString(), "--version"), "postgres (PostgreSQL) ", tools)
        .require(LEAST);
  }
}
