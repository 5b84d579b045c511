package dev.faultline.app.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as a shell needs to know it.
 *
 * @param path the words that call it, such as {@code faultline run}
 * @param summary what it does, in a sentence
 * @param flags its options
 * @param slot what else it takes
 * @param below the commands that may follow
 */
public record Verb(String path, String summary, List<Flag> flags, Slot slot, List<Verb> below) {

  /** Keeps the lists unchangeable. */
  public Verb {
    flags = List.copyOf(flags);
    below = List.copyOf(below);
  }

  /**
   * An option.
   *
   * @param value what it takes, where it takes something
   */
  public record Flag(List<String> names, String summary, Optional<Slot> value) {
    /** Keeps the names unchangeable. */
    public Flag {
      names = List.copyOf(names);
    }
  }

  /** What can stand at a place of the command line. */
  public sealed interface Slot {

    /** A file. */
    record AnyFile() implements Slot {}

    /** A folder. */
    record Folder() implements Slot {}

    /** The id of a run. */
    record Run() implements Slot {}

    /** One of some words. */
    record Known(List<String> words) implements Slot {
      /** Keeps the words unchangeable. */
      public Known {
        words = List.copyOf(words);
      }
    }

    /** Whatever nobody can guess, or nothing. */
    record Free() implements Slot {}
  }

  /**
   * Reads the command model.
   *
   * @param words what may stand where the help says so, such as {@code SHELL}
   */
  public static Verb of(CommandSpec command, Map<String, List<String>> words) {
    List<Verb> below = new ArrayList<>();
    command.subcommands().values().stream()
        .map(line -> line.getCommandSpec())
        .distinct()
        .filter(spec -> !spec.usageMessage().hidden())
        .forEach(spec -> below.add(of(spec, words)));
    return new Verb(
        command.qualifiedName(),
        summary(command.usageMessage().description()),
        command.options().stream()
            .filter(option -> !option.hidden())
            .map(option -> flag(option, words))
            .toList(),
        command.positionalParameters().stream()
            .findFirst()
            .map(parameter -> slot(parameter, words))
            .orElse(new Slot.Free()),
        below);
  }

  private static Flag flag(OptionSpec option, Map<String, List<String>> words) {
    return new Flag(
        Arrays.asList(option.names()),
        summary(option.description()),
        option.arity().max() == 0 ? Optional.empty() : Optional.of(slot(option, words)));
  }

  private static Slot slot(ArgSpec argument, Map<String, List<String>> words) {
    String label = argument.paramLabel();
    return switch (label) {
      case "FILE", "PLAN", "NAME|FILE" -> new Slot.AnyFile();
      case "DIR" -> new Slot.Folder();
      case "RUN", "FIRST", "SECOND" -> new Slot.Run();
      default ->
          words.containsKey(label)
              ? new Slot.Known(words.getOrDefault(label, List.of()))
              : new Slot.Free();
    };
  }

  private static String summary(String... lines) {
    String text = String.join(" ", lines).replace("%n", " ").replace("%%", "%");
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  /** This command and all below it. */
  Stream<Verb> all() {
    return Stream.concat(Stream.of(this), below.stream().flatMap(Verb::all));
  }

  /** The last word of the path. */
  String name() {
    return path.substring(path.lastIndexOf(' ') + 1);
  }
}
