package dev.faultline.app;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The only door to the terminal and its surroundings: data goes to {@code out}, messages to {@code
 * err}.
 *
 * @param person whether somebody sits there who can be asked
 * @param env the environment variables
 * @param home the folder of Faultline's checkout or installation
 */
record Console(Page out, Page err, boolean person, Map<String, String> env, Path home) {

  /** The terminal of this process. */
  static Console system() {
    boolean person = terminal(0) && terminal(2);
    return new Console(
        page(FileDescriptor.out, terminal(1)),
        page(FileDescriptor.err, terminal(2)),
        person,
        System.getenv(),
        Path.of(System.getProperty("faultline.home", ".")));
  }

  /** Always UTF-8, as JSON is, also where the locale knows no more than ASCII. */
  private static Page page(FileDescriptor stream, boolean terminal) {
    Map<String, String> env = System.getenv();
    boolean moves = terminal && !"dumb".equals(env.get("TERM"));
    return new Page(
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(stream)), true, StandardCharsets.UTF_8),
        moves,
        moves && !env.containsKey("NO_COLOR"),
        Page.width(terminal, env.get("COLUMNS")));
  }

  /** Whether a stream is a terminal; Java tells this only of all streams at once. */
  private static boolean terminal(int number) {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException elsewhere) {
      return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
    }
  }

  /** What is typed or piped in. */
  BufferedReader input() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  /** The same with messages that go elsewhere. */
  Console withErr(Page messages) {
    return new Console(out, messages, person, env, home);
  }

  /** Asks a question of yes and no; no answer is no. */
  boolean agreed(String question) {
    err.print(question + " [y/N] ");
    return Optional.ofNullable(System.console())
        .flatMap(console -> Optional.ofNullable(console.readLine()))
        .map(answer -> answer.strip().toLowerCase(Locale.ROOT).startsWith("y"))
        .orElse(false);
  }

  /** Asks for a text; no answer is the fallback. */
  String asked(String question, String fallback) {
    err.print(question + (fallback.isEmpty() ? ": " : " [%s]: ".formatted(fallback)));
    return Optional.ofNullable(System.console())
        .flatMap(console -> Optional.ofNullable(console.readLine()))
        .map(String::strip)
        .filter(answer -> !answer.isEmpty())
        .orElse(fallback);
  }

  /** A message of three parts: what, why, and what to do; the last two may be empty. */
  void error(String what, String why, String fix) {
    err.line(err.in(Style.RED, "error:") + " " + Inert.text(what));
    if (!why.isBlank()) {
      err.wrapped("  why: ", Inert.text(why));
    }
    if (!fix.isBlank()) {
      err.wrapped("  fix: ", Inert.text(fix));
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
