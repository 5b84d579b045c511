package dev.faultline.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the file format for editors. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema (draft 7) of the file format, for editors.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline schema -o faultline.schema.json",
      "%nExit codes:",
      "  0 printed   2 usage   5 the file cannot be written"
    })
final class SchemaCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      description = "One kind of document, such as Experiment. Default: all.")
  private @Nullable String kind;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes it to this file.")
  private @Nullable Path output;

  private final Console console;

  SchemaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, UsageError {
    String text = SchemaText.of(Optional.ofNullable(kind));
    if (output == null) {
      console.out().line(text);
    } else {
      Files.writeString(output, text + "\n");
      console.err().line("The schema is in " + output);
    }
    return 0;
  }
}
