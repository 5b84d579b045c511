package dev.faultline.app.shell;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the scripts of bash and zsh have in common: the branches of their {@code case}. */
final class Arms {

  private Arms() {}

  /** Which words lead into another command, and which want a value. */
  static String words(Verb root) {
    return root.all().flatMap(Arms::wordsOf).collect(Collectors.joining("\n"));
  }

  private static Stream<String> wordsOf(Verb verb) {
    Stream<String> verbs =
        verb.below().stream()
            .map(next -> "      %s) at=$at' '$word ;;".formatted(quoted(next.path())));
    Stream<String> flags =
        verb.flags().stream()
            .filter(flag -> flag.value().isPresent())
            .map(
                flag ->
                    "      %s) expect=%s ;;"
                        .formatted(
                            flag.names().stream()
                                .map(name -> quoted(verb.path() + " " + name))
                                .collect(Collectors.joining("|")),
                            quoted(spelled(flag.value().orElseThrow()))));
    return Stream.concat(verbs, flags);
  }

  /** A slot as the scripts spell it. */
  static String spelled(Verb.Slot slot) {
    return switch (slot) {
      case Verb.Slot.AnyFile _ -> "file";
      case Verb.Slot.Folder _ -> "folder";
      case Verb.Slot.Run _ -> "run";
      case Verb.Slot.Known known -> "words " + String.join(" ", known.words());
      case Verb.Slot.Free _ -> "free";
    };
  }

  /** The names of all options of a command. */
  static List<String> flags(Verb verb) {
    return verb.flags().stream().flatMap(flag -> flag.names().stream()).toList();
  }

  /** A text in single quotes, in which these shells read nothing. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
