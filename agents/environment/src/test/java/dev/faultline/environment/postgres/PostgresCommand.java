package dev.faultline.environment.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** How tests run the programs of PostgreSQL: unpacked once for a module, and never as root. */
public final class PostgresCommand {

  /** Shared by tests, as unpacking takes seconds. */
  static final Path CACHE = Path.of("target", "lab-cache", "postgres").toAbsolutePath();

  private PostgresCommand() {}

  /**
   * The command of a program such as {@code initdb}. Its process is the program itself. Skips the
   * test where there is no way to run it.
   */
  public static List<String> of(String program, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    if (ServerUser.isRoot()) {
      List<String> namespace = List.of("unshare", "-U");
      List<String> trial = new ArrayList<>(namespace);
      trial.add("true");
      Assumptions.assumeTrue(
          new ProcessBuilder(trial).start().waitFor() == 0,
          "needs user namespaces for root, as PostgreSQL does not run as root");
      command.addAll(namespace);
    }
    command.add(
        PostgresProgram.find(CACHE, words -> {}).home().resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }
}
