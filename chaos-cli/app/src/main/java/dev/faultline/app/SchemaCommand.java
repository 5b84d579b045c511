package dev.faultline.app;

import dev.faultline.app.language.Language;
import dev.faultline.app.language.Schema;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
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
    Language language = Language.read();
    Object schema = kind == null ? Schema.of(language) : Schema.of(language, known(language, kind));
    String text = Codec.json().writerWithDefaultPrettyPrinter().writeValueAsString(schema);
    if (output == null) {
      console.out().line(text);
    } else {
      Files.writeString(output, text + "\n");
      console.err().line("The schema is in " + output);
    }
    return 0;
  }

  private static String known(Language language, String wanted) throws UsageError {
    Set<String> kinds = language.kinds().keySet();
    if (!kinds.contains(wanted)) {
      throw new UsageError(Words.unknown("kind", wanted, kinds), "", "see 'faultline schema --help'");
    }
    return wanted;
  }
}
