package dev.faultline.app.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The manual page of a command in roff, from what its {@code --help} says.
 *
 * <p>A footer of sections ({@code Example:}) with indented lines becomes a section each.
 */
public final class ManPage {

  private final CommandSpec command;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandSpec command) {
    this.command = command;
  }

  /** What the page is called: {@code faultline-run}. */
  public static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  /**
   * The page.
   *
   * @param version which Faultline it is about
   */
  public static String of(CommandSpec command, String version) {
    return new ManPage(command).written(version);
  }

  private String written(String version) {
    String name = name(command);
    page.append(
        ".TH \"%s\" \"1\" \"\" \"%s\" \"Faultline\"\n"
            .formatted(escaped(name.toUpperCase(Locale.ROOT)), escaped(version)));
    String description = plain(String.join(" ", command.usageMessage().description()));
    section("NAME", "%s \\- %s".formatted(escaped(name), escaped(sentence(description))));
    section("SYNOPSIS", ".nf\n%s\n.fi".formatted(escaped(synopsis())));
    section("DESCRIPTION", escaped(description));
    arguments();
    section(
        "OPTIONS",
        command.options().stream()
            .filter(option -> !option.hidden())
            .map(option -> item(names(option), option))
            .collect(Collectors.joining("\n")));
    commands();
    footer();
    seeAlso();
    return page.toString();
  }

  private void arguments() {
    if (!command.positionalParameters().isEmpty()) {
      section(
          "ARGUMENTS",
          command.positionalParameters().stream()
              .map(argument -> item("\\fI" + escaped(argument.paramLabel()) + "\\fR", argument))
              .collect(Collectors.joining("\n")));
    }
  }

  private void commands() {
    if (!command.subcommands().isEmpty()) {
      section(
          "COMMANDS",
          command.subcommands().values().stream()
              .map(line -> line.getCommandSpec())
              .map(
                  below -> ".TP\n\\fB%s\\fR(1)\n%s".formatted(escaped(name(below)), summary(below)))
              .collect(Collectors.joining("\n")));
    }
  }

  private static String summary(CommandSpec command) {
    return escaped(plain(String.join(" ", command.usageMessage().description())));
  }

  private static String sentence(String text) {
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  private String synopsis() {
    Help.ColorScheme plain = Help.defaultColorScheme(Help.Ansi.OFF);
    return new Help(command, plain).synopsis(0).strip();
  }

  private static String names(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : " \\fI" + escaped(option.paramLabel()) + "\\fR";
    return Arrays.stream(option.names())
        .map(name -> "\\fB" + escaped(name) + "\\fR" + value)
        .collect(Collectors.joining(", "));
  }

  private static String item(String head, ArgSpec argument) {
    return ".TP\n%s\n%s".formatted(head, escaped(plain(String.join(" ", argument.description()))));
  }

  private void footer() {
    boolean literal = false;
    for (String line :
        String.join("\n", command.usageMessage().footer()).replace("%n", "\n").split("\n")) {
      boolean indented = line.startsWith("  ");
      if (literal != indented) {
        page.append(indented ? ".nf\n" : ".fi\n");
        literal = indented;
      }
      if (!indented && line.endsWith(":")) {
        String title = line.substring(0, line.length() - 1).toUpperCase(Locale.ROOT);
        page.append(".SH \"%s\"\n".formatted(title.equals("EXIT CODES") ? "EXIT STATUS" : title));
      } else if (!line.isBlank()) {
        page.append(indented ? "" : ".PP\n").append(escaped(plain(line.strip()))).append('\n');
      }
    }
    page.append(literal ? ".fi\n" : "");
  }

  private void seeAlso() {
    if (command.parent() != null) {
      section("SEE ALSO", "\\fB%s\\fR(1)".formatted(escaped(name(command.root()))));
    }
  }

  private void section(String title, String text) {
    page.append(".SH \"%s\"\n%s\n".formatted(title, text));
  }

  private static String plain(String help) {
    return help.replace("%n", " ").replace("%%", "%").strip();
  }

  /** A line may begin with what roff takes for a request, and a dash is a hyphen to it. */
  private static String escaped(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .lines()
        .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
        .collect(Collectors.joining("\n"));
  }
}
