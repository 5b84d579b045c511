package dev.faultline.app;

import dev.faultline.app.language.Language;
import dev.faultline.app.language.Places;
import dev.faultline.app.shell.Shell;
import dev.faultline.app.shell.Verb;
import dev.faultline.app.start.Template;
import dev.faultline.model.codec.Words;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** The script of a shell. Apart from its command, which every start looks at. */
final class CompletionScript {

  private CompletionScript() {}

  /** Completes the commands below a root. */
  static String of(CommandSpec root, String name) throws UsageError {
    List<String> names = Shell.all().stream().map(Shell::name).toList();
    Shell shell =
        Shell.all().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageError(
                        Words.unknown("shell", name, names),
                        "",
                        "see 'faultline completion --help'"));
    Language language = Language.read();
    return shell.script(
        Verb.of(
            root,
            Map.of(
                "WORD", Places.of(language).words(),
                "KIND", List.copyOf(language.kinds().keySet()),
                "SHELL", names,
                "TEMPLATE", Template.all().stream().map(Template::name).toList())));
  }
}
