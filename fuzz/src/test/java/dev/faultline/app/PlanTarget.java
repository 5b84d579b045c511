package dev.faultline.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.engine.file.ExperimentFiles;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.PlanSeeds;
import dev.faultline.fuzz.Bounds;
import dev.faultline.fuzz.Pages;
import dev.faultline.fuzz.Thinned;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.plan.Plan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file for {@code run --plan} is a plan that can be shown, or is refused. */
public final class PlanTarget {

  private static final Path FILE = Path.of("mutant.json").toAbsolutePath();
  private static final LoadedExperiment EXPERIMENT = experiment();

  private PlanTarget() {}

  private static LoadedExperiment experiment() {
    try {
      String file = Pages.root().resolve("examples/shop/crashed-payments.yaml").toString();
      return new ExperimentFiles().load(file, Optional.empty()).getFirst();
    } catch (InvalidFile broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** A plan with steps of every kind, and what is left of it without each of its parts. */
  public static List<byte[]> seeds() {
    return PlanSeeds.plans().stream()
        .flatMap(plan -> Thinned.of(Codec.json().writeValueAsString(plan)).stream())
        .toList();
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Bounds.keep(() -> read(input));
  }

  private static void read(byte[] input) throws IOException {
    Files.write(FILE, input);
    try {
      Plan plan = Agreement.read(FILE);
      PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
      new PlanView(new Page(nowhere, false, 80)).print(plan, EXPERIMENT);
    } catch (UsageError refused) {
      if (refused.why().isBlank()) {
        throw new AssertionError("refused without a reason", refused);
      }
    }
  }
}
