package dev.faultline.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what lets a cluster take files of Faultline. */
@Command(
    name = "crds",
    description = {
      "Prints the CustomResourceDefinitions of experiments, rollouts, game days and",
      "environments, for 'kubectl apply --server-side'."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline crds | kubectl apply --server-side -f -",
      "%nExit codes:",
      "  0 printed   2 usage   5 the file cannot be written"
    })
final class CrdsCommand implements Callable<Integer> {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes them to this file.")
  private @Nullable Path output;

  private final Console console;

  CrdsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    String text = CrdsText.all();
    if (output == null) {
      console.out().line(text.stripTrailing());
    } else {
      Files.writeString(output, text);
      console.err().line("The definitions are in " + output);
    }
    return 0;
  }
}
