package dev.faultline.app;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The only door to the terminal and its surroundings: data goes to {@code out}, messages to {@code
 * err}.
 *
 * @param terminal whether {@code err} is a terminal that a person watches
 * @param env the environment variables
 * @param home the folder of Faultline's checkout or installation
 */
public record Console(
    PrintStream out, PrintStream err, boolean terminal, Map<String, String> env, Path home) {

  /** The terminal of this process. */
  static Console system() {
    return new Console(
        System.out,
        System.err,
        Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false),
        System.getenv(),
        Path.of(System.getProperty("faultline.home", ".")));
  }

  /** Asks a question of yes and no; no answer is no. */
  boolean agreed(String question) {
    err.print(question + " [y/N] ");
    return Optional.ofNullable(System.console())
        .flatMap(person -> Optional.ofNullable(person.readLine()))
        .map(answer -> answer.strip().toLowerCase(Locale.ROOT).startsWith("y"))
        .orElse(false);
  }

  /** Colours and cursor movement are wanted. */
  boolean colour() {
    return terminal && !env.containsKey("NO_COLOR") && !"dumb".equals(env.get("TERM"));
  }

  /** A message of three parts: what, why, and what to do. */
  void error(String what, String why, String fix) {
    err.println(Style.RED.on(this, "error:") + " " + what);
    if (!why.isBlank()) {
      err.println("  why: " + why);
    }
    if (!fix.isBlank()) {
      err.println("  fix: " + fix);
    }
  }

  /** Where runs are kept. */
  Path state() {
    return folder("XDG_STATE_HOME", ".local/state");
  }

  /** Where downloads are kept. */
  Path cache() {
    return folder("XDG_CACHE_HOME", ".cache");
  }

  private Path folder(String variable, String below) {
    String set = env.getOrDefault(variable, "");
    Path base =
        set.startsWith("/") ? Path.of(set) : Path.of(env.getOrDefault("HOME", "/tmp"), below);
    return base.resolve("faultline");
  }
}
