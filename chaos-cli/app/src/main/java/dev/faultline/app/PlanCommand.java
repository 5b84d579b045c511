package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Engine;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plans, and touches nothing. */
@Command(
    name = "plan",
    description =
        "Says what a run would do, to what, and what ends it. Starts and touches nothing.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline plan examples/shop/frozen-orders.yaml -o agreed.json",
      "  faultline run examples/shop/frozen-orders.yaml --plan agreed.json",
      "%nExit codes:",
      "  0 planned   2 usage or invalid file   3 refused   5 environment not ready"
    })
final class PlanCommand implements Callable<Integer> {

  @Mixin private ExperimentOptions options = new ExperimentOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PLAN",
      description = "Writes the plan to this file, for 'run --plan'.")
  private @Nullable Path output;

  @Option(names = "--json", description = "Prints the plan as JSON, a line for each experiment.")
  private boolean json;

  private final Console console;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InvalidFile, UsageError, Unplannable, IOException {
    List<LoadedExperiment> experiments = options.load();
    if (output != null && experiments.size() > 1) {
      throw new UsageError(
          "-o takes the plan of one experiment",
          "there are %d".formatted(experiments.size()),
          "name a file with one experiment");
    }
    Engine engine = Setup.engine(console, options.rules(console));
    for (LoadedExperiment experiment : experiments) {
      Plan plan = engine.plan(experiment, options.seed(), options.accepted());
      if (json) {
        console.out().line(Codec.json().writeValueAsString(plan));
      } else {
        new PlanView(console.out()).print(plan, experiment);
      }
      if (output != null) {
        Files.writeString(
            output, Codec.json().writerWithDefaultPrettyPrinter().writeValueAsString(plan) + "\n");
        console.err().line("The plan is in " + output);
      }
    }
    return 0;
  }
}
