package dev.faultline.app.shell;

import java.util.List;

/** A shell that can complete what is typed, by a script of its own. */
public sealed interface Shell permits Bash, Zsh, Fish {

  /** What the shell is called. */
  String name();

  /** The script that completes the commands below a root. */
  String script(Verb root);

  /** Every shell that is known. */
  static List<Shell> all() {
    return List.of(new Bash(), new Zsh(), new Fish());
  }
}
