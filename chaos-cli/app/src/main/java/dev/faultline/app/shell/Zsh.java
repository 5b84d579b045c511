package dev.faultline.app.shell;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Zsh with its completion system. */
record Zsh() implements Shell {

  private static final String SCRIPT =
      """
      #compdef faultline
      # Completion of faultline for zsh: in ~/.zshrc, after compinit,
      #   source <(faultline completion zsh)
      # or saved as _faultline in a folder of $fpath.

      _faultline_runs() {
        local -a runs
        runs=("${XDG_STATE_HOME:-$HOME/.local/state}"/faultline/runs/*(N:t))
        compadd -a runs
      }

      _faultline() {
        local cur=${words[CURRENT]} at=faultline expect= slot= word
        local -a verbs flags
        integer i
        for ((i = 2; i < CURRENT; i++)); do
          word=${words[i]}
          if [[ -n $expect ]]; then expect=; continue; fi
          case "$at $word" in
      @WORDS@
          esac
        done
        if [[ -z $expect && $cur == --*=* ]]; then
          word=${cur%%=*}
          case "$at $word" in
      @WORDS@
          esac
          compset -P '*='
        fi
        case $at in
      @PLACES@
        esac
        if [[ -n $expect ]]; then
          slot=$expect verbs=()
        elif [[ $cur == -* ]]; then
          _describe -o option flags
          return
        fi
        case $slot in
          file) _files ;;
          folder) _files -/ ;;
          run) _faultline_runs ;;
          words*) compadd -- ${=slot#words} ;;
        esac
        (( ${#verbs} )) && _describe command verbs
      }

      if [[ ${funcstack[1]} == _faultline ]]; then
        _faultline "$@"
      else
        compdef _faultline faultline
      fi
      """;

  @Override
  public String name() {
    return "zsh";
  }

  @Override
  public String script(Verb root) {
    return SCRIPT
        .replace("@WORDS@", Arms.words(root))
        .replace("@PLACES@", root.all().map(Zsh::place).collect(Collectors.joining("\n")));
  }

  private static String place(Verb verb) {
    return "    %s) flags=(%s) verbs=(%s) slot=%s ;;"
        .formatted(
            Arms.quoted(verb.path()),
            described(
                verb.flags().stream()
                    .flatMap(
                        flag -> flag.names().stream().map(name -> told(name, flag.summary())))),
            described(verb.below().stream().map(next -> told(next.name(), next.summary()))),
            Arms.quoted(Arms.spelled(verb.slot())));
  }

  private static String told(String name, String summary) {
    return name.replace(":", "\\:") + ":" + summary;
  }

  private static String described(Stream<String> entries) {
    List<String> quoted = entries.map(Arms::quoted).toList();
    return String.join(" ", quoted);
  }
}
