package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Options;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.event.Sink;
import dev.faultline.model.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;

/** Runs experiments to their verdict. */
@Command(
    name = "run",
    description = "Runs experiments one after the other and says whether the system stood.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  @Mixin private ExperimentOptions options = new ExperimentOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes report.html, report.md, report.json, junit.xml and journal.jsonl here.")
  private @Nullable Path out;

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      description = "Refuses to run when the plan is no longer this one.")
  private @Nullable Path approved;

  @Option(names = "--control", description = "Leaves the faults out, to show the noise floor.")
  private boolean control;

  @Option(names = "--json", description = "Prints every event as a line of JSON.")
  private boolean json;

  @Option(
      names = {"-y", "--yes"},
      description = "Asks nothing.")
  private boolean yes;

  private final Console console;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InvalidFile, UsageError, Unplannable, IOException {
    List<LoadedExperiment> experiments = options.load();
    Optional<Plan> plan = agreed();
    Engine engine = Setup.engine(console);
    List<Outcome> outcomes = new ArrayList<>();
    try (Interrupts interrupts = Interrupts.handle(console, engine)) {
      for (LoadedExperiment experiment : experiments) {
        if (!wanted(experiment)) {
          return Outcome.REFUSED.exitCode();
        }
        Result result = run(engine, experiment, plan);
        outcomes.add(result.verdict().outcome());
        if (interrupts.happened()) {
          break;
        }
      }
    }
    return Outcome.weightiest(outcomes).exitCode();
  }

  private Optional<Plan> agreed() throws UsageError, IOException {
    if (approved == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Codec.json().readValue(Files.readString(approved), Plan.class));
    } catch (JacksonException broken) {
      throw new UsageError(
          approved + " is not a plan of this Faultline",
          broken.getOriginalMessage(),
          "make one with 'faultline plan FILE -o " + approved + "'");
    }
  }

  /** A lab is ours; whatever else is disturbed belongs to somebody. */
  private boolean wanted(LoadedExperiment experiment) {
    boolean harmless = experiment.environment().place() instanceof Lab || control;
    return yes
        || harmless
        || !console.terminal()
        || console.agreed("Run %s?".formatted(experiment.name()));
  }

  private Result run(Engine engine, LoadedExperiment experiment, Optional<Plan> plan)
      throws Unplannable, IOException {
    Sink view = json ? new JsonLines(console.out()) : new RunView(console, experiment);
    Result result = engine.run(experiment, new Options(control, plan, options.seed()), view);
    Path folder = out == null ? result.folder().path() : out;
    new ReportFiles(folder).write(result.summary());
    if (out != null) {
      ReportFiles.copyJournal(result.folder(), out);
    }
    if (!json) {
      new VerdictView(console).print(result.summary(), folder.resolve("report.html"));
    }
    return result;
  }
}
