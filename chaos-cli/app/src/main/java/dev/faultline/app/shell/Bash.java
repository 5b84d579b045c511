package dev.faultline.app.shell;

import java.util.stream.Collectors;

/** Bash 4 and newer, with nothing but itself. */
record Bash() implements Shell {

  private static final String SCRIPT =
      """
      # Completion of faultline for bash 4 and newer:
      #   source <(faultline completion bash)

      _faultline_runs() { ls -1 "${XDG_STATE_HOME:-$HOME/.local/state}/faultline/runs" 2>/dev/null; }

      _faultline() {
        local cur=${COMP_WORDS[COMP_CWORD]} at=faultline expect= verbs= flags= slot= word i
        COMPREPLY=()
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          [[ $word == '=' ]] && continue
          if [[ -n $expect ]]; then expect=; continue; fi
          case "$at $word" in
      @WORDS@
          esac
        done
        [[ $cur == '=' ]] && cur=
        case $at in
      @PLACES@
        esac
        if [[ -n $expect ]]; then
          slot=$expect verbs=
        elif [[ $cur == -* ]]; then
          slot="words $flags" verbs=
        fi
        case $slot in
          file)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
          folder)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
          run) mapfile -t COMPREPLY < <(compgen -W "$(_faultline_runs)" -- "$cur") ;;
          words*) mapfile -t COMPREPLY < <(compgen -W "${slot#words}" -- "$cur") ;;
        esac
        if [[ -n $verbs ]]; then
          mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W "$verbs" -- "$cur")
        fi
      }

      complete -F _faultline faultline
      """;

  @Override
  public String name() {
    return "bash";
  }

  @Override
  public String script(Verb root) {
    return SCRIPT
        .replace("@WORDS@", Arms.words(root))
        .replace("@PLACES@", root.all().map(Bash::place).collect(Collectors.joining("\n")));
  }

  private static String place(Verb verb) {
    return "    %s) flags=%s verbs=%s slot=%s ;;"
        .formatted(
            Arms.quoted(verb.path()),
            Arms.quoted(String.join(" ", Arms.flags(verb))),
            Arms.quoted(verb.below().stream().map(Verb::name).collect(Collectors.joining(" "))),
            Arms.quoted(Arms.spelled(verb.slot())));
  }
}
