package dev.faultline.engine.file;

import dev.faultline.fuzz.Bounds;
import dev.faultline.fuzz.Pages;
import dev.faultline.model.document.Experiment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of OpenSLO, Sloth, Pyrra or of alerting rules becomes a gate, or is refused with a reason.
 */
public final class ImportTarget {

  private static final Path FOLDER = Path.of("").toAbsolutePath();
  private static final String FOREIGN = "foreign.yaml";
  private static final Loader LOADER = new Loader();
  private static final ImportedGates IMPORTED = new ImportedGates(LOADER);

  /** A gate, and the word by which a file for it is known. */
  private record Import(String name, Placed placed) {

    static Import of(String signal, String name) {
      try {
        String text =
            Bench.experiment("one", "  environment: {local: {}}\n")
                .replace(
                    "prometheus: up, above: 0",
                    "%s: {file: %s, name: %s}".formatted(signal, FOREIGN, name));
        Path file = Files.writeString(FOLDER.resolve("experiment.yaml"), text);
        return new Import(name, LOADER.read(file, file.toString()).getFirst());
      } catch (IOException | InvalidFile broken) {
        throw new IllegalStateException(broken);
      }
    }
  }

  /** A word for gates of other tools, and what one of them is called. */
  private record Foreign(String signal, String name) {}

  private static final List<Foreign> KNOWN =
      List.of(
          new Foreign("slo", "requests-availability"),
          new Foreign("slo", "shop-latency"),
          new Foreign("slo", "orders-answered"),
          new Foreign("alert", "HighErrorRate"));

  /**
   * Made where the fuzzer runs alone, in a folder of its own: who asks for seeds writes nothing.
   */
  private static final class Imports {
    private static final List<Import> ALL =
        KNOWN.stream().map(one -> Import.of(one.signal(), one.name())).toList();
  }

  private ImportTarget() {}

  /** The files of other tools that the page about gates shows. */
  public static List<byte[]> seeds() throws IOException {
    return Pages.shown("name: ")
        .filter(text -> !text.contains("faultline.dev"))
        .filter(text -> KNOWN.stream().anyMatch(one -> text.contains(one.name())))
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Bounds.keep(() -> read(input));
  }

  private static void read(byte[] input) throws IOException {
    String text = new String(input, StandardCharsets.UTF_8);
    Import wanted =
        Stream.concat(
                Imports.ALL.stream().filter(one -> text.contains(one.name())),
                Stream.of(Imports.ALL.get(text.length() % Imports.ALL.size())))
            .findFirst()
            .orElseThrow();
    Files.write(FOLDER.resolve(FOREIGN), input);
    try {
      IMPORTED.in(((Experiment) wanted.placed().document()).spec(), wanted.placed());
    } catch (InvalidFile refusal) {
      if (refusal.problem().isBlank()) {
        throw new AssertionError("refused without a reason", refusal);
      }
    }
  }
}
