package dev.faultline.app;

import dev.faultline.model.codec.Words;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. */
public final class Main {

  private static final int NARROWEST_HELP = 55;
  private static final String GREETING = "    0.0s  reading ";

  private Main() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    // What is written is the same on every machine: digits, upper and lower case.
    Locale.setDefault(Locale.ROOT);
    Console console = Console.system();
    greet(console, args);
    int code = run(console, args);
    // Not exit: that looks for a logger to tell of it, in every jar of the class path. There are no
    // hooks to run, and each page is written at once.
    Runtime.getRuntime().halt(code);
  }

  /** The first sign of life on a terminal, before anything is loaded that takes time. */
  private static void greet(Console console, String... args) {
    List<String> words = List.of(args);
    if (words.size() > 1
        && words.getFirst().equals("run")
        && console.err().moves()
        && words.stream().noneMatch(Set.of("--json", "--help", "-h")::contains)) {
      console.err().line(GREETING + console.err().cut(GREETING.length(), Inert.text(words.get(1))));
    }
  }

  /** Runs one command; gives its exit code. */
  static int run(Console console, String... args) {
    CommandLine line = Commands.named(console, args);
    line.setOut(writer(console.out()));
    line.setErr(writer(console.err()));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.out().colour() ? Ansi.ON : Ansi.OFF));
    line.setUsageHelpWidth(Math.max(NARROWEST_HELP, console.out().width()));
    line.setParameterExceptionHandler((wrong, _) -> refuse(console, wrong));
    line.setExecutionExceptionHandler((failure, _, _) -> Failures.explain(console, failure));
    return line.execute(args);
  }

  private static PrintWriter writer(Page page) {
    return new PrintWriter(page.stream(), true, StandardCharsets.UTF_8);
  }

  private static int refuse(Console console, ParameterException wrong) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    String help = "see '%s --help'".formatted(command.qualifiedName());
    console.error(
        String.valueOf(wrong.getMessage()),
        "",
        meant(wrong, command)
            .map(near -> "did you mean %s? %s".formatted(near, help))
            .orElse(help));
    return 2;
  }

  private static Optional<String> meant(ParameterException wrong, CommandSpec command) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    List<String> known = new ArrayList<>(command.optionsMap().keySet());
    known.addAll(command.subcommands().keySet());
    return Words.nearest(unmatched.getUnmatched().getFirst(), known);
  }
}
