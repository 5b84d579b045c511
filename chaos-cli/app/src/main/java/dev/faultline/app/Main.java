package dev.faultline.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;

/** The program. */
public final class Main {

  private Main() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    // What is written is the same on every machine: digits, upper and lower case.
    Locale.setDefault(Locale.ROOT);
    System.exit(run(Console.system(), args));
  }

  /** Runs one command; gives its exit code. */
  static int run(Console console, String... args) {
    CommandLine line = new CommandLine(new Faultline(console), new Commands(console));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler(
        (wrong, _) -> {
          console.error(
              String.valueOf(wrong.getMessage()),
              "",
              "see 'faultline %s --help'".formatted(wrong.getCommandLine().getCommandName()));
          return 2;
        });
    line.setExecutionExceptionHandler((failure, _, _) -> Failures.explain(console, failure));
    return line.execute(args);
  }
}
