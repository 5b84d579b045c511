package dev.faultline.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. */
public final class Main {

  private Main() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Console.system(), args));
  }

  /** Runs one command; gives its exit code. */
  static int run(Console console, String... args) {
    CommandLine line = new CommandLine(new Faultline(console), new Commands(console));
    line.setOut(writer(console.out()));
    line.setErr(writer(console.err()));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.out().colour() ? Ansi.ON : Ansi.OFF));
    line.setUsageHelpWidth(console.out().width());
    line.setParameterExceptionHandler((wrong, _) -> refuse(console, wrong));
    line.setExecutionExceptionHandler((failure, _, _) -> Failures.explain(console, failure));
    return line.execute(args);
  }

  private static PrintWriter writer(Page page) {
    return new PrintWriter(page.stream(), true, StandardCharsets.UTF_8);
  }

  private static int refuse(Console console, ParameterException wrong) {
    String help =
        "see '%s --help'".formatted(wrong.getCommandLine().getCommandSpec().qualifiedName());
    List<String> near =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    console.error(
        String.valueOf(wrong.getMessage()),
        "",
        near.isEmpty() ? help : "did you mean %s? %s".formatted(String.join(" or ", near), help));
    return 2;
  }
}
