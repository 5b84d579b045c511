package dev.faultline.engine.file;

import dev.faultline.fuzz.Bounds;
import dev.faultline.fuzz.Pages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file of documents is loaded, or refused with a reason. */
public final class DocumentTarget {

  private static final ExperimentFiles FILES = new ExperimentFiles();
  private static final Path FILE = Path.of("mutant.yaml").toAbsolutePath();

  private DocumentTarget() {}

  /** Every example, and every file that a page shows. */
  public static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>(Pages.examples());
    Pages.shown("kind: ").forEach(text -> seeds.add(text.getBytes(StandardCharsets.UTF_8)));
    seeds.add(RefusalsTest.resource("whole.yaml").getBytes(StandardCharsets.UTF_8));
    return seeds;
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Bounds.keep(() -> read(input));
  }

  private static void read(byte[] input) throws IOException {
    Files.write(FILE, input);
    try {
      FILES.load(FILE.toString(), Optional.empty());
    } catch (InvalidFile refusal) {
      if (refusal.problem().isBlank()) {
        throw new AssertionError("refused without a reason", refusal);
      }
    }
  }
}
