package dev.faultline.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Fish 3 and newer. */
record Fish() implements Shell {

  private static final String SCRIPT =
      """
      # Completion of faultline for fish: save as ~/.config/fish/completions/faultline.fish

      function __faultline_at
          set -l at faultline
          for word in (commandline -opc)[2..-1]
              if contains -- "$at $word" @PATHS@
                  set at "$at $word"
              end
          end
          test "$at" = "$argv"
      end

      function __faultline_runs
          set -l state $XDG_STATE_HOME
          test -n "$state"; or set state $HOME/.local/state
          command ls -1 $state/faultline/runs 2>/dev/null
      end

      complete -c faultline -f
      @LINES@
      """;

  @Override
  public String name() {
    return "fish";
  }

  @Override
  public String script(Verb root) {
    return SCRIPT
        .replace(
            "@PATHS@",
            root.all().skip(1).map(verb -> quoted(verb.path())).collect(Collectors.joining(" ")))
        .replace(
            "@LINES@",
            root.all().flatMap(verb -> lines(verb).stream()).collect(Collectors.joining("\n")));
  }

  private static List<String> lines(Verb verb) {
    String here = "complete -c faultline -n " + quoted("__faultline_at " + verb.path());
    List<String> lines = new ArrayList<>();
    for (Verb next : verb.below()) {
      lines.add("%s -a %s -d %s".formatted(here, quoted(next.name()), quoted(next.summary())));
    }
    for (Verb.Flag flag : verb.flags()) {
      String names =
          flag.names().stream()
              .map(
                  name ->
                      name.startsWith("--")
                          ? " -l " + name.substring(2)
                          : " -s " + name.substring(1))
              .collect(Collectors.joining());
      String value = flag.value().map(slot -> " -r" + slot(slot)).orElse("");
      lines.add("%s%s%s -d %s".formatted(here, names, value, quoted(flag.summary())));
    }
    String slot = slot(verb.slot());
    if (!slot.isEmpty()) {
      lines.add(here + slot);
    }
    return lines;
  }

  private static String slot(Verb.Slot slot) {
    return switch (slot) {
      case Verb.Slot.AnyFile _ -> " -F";
      case Verb.Slot.Folder _ -> " -a '(__fish_complete_directories)'";
      case Verb.Slot.Run _ -> " -a '(__faultline_runs)'";
      case Verb.Slot.Known known -> " -a " + quoted(String.join(" ", known.words()));
      case Verb.Slot.Free _ -> "";
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
