package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.judge.Outcome;
import dev.faultline.model.plan.Acceptance;
import dev.faultline.reports.stage.Problem;
import dev.faultline.reports.stage.Rule;
import dev.faultline.reports.stage.Stage;
import dev.faultline.reports.stage.Strictness;
import dev.faultline.reports.stage.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The stage of a build before production. */
@Command(
    name = "gate",
    description = {
      "Runs experiments as a stage of a build: reads and plans all of them before anything is done,",
      "runs each, compares it with the last run that passed, and writes what build servers read."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline gate chaos --out faultline-gate --baseline accepted",
      "%nExit codes:",
      "  0 all passed   1 one failed   2 usage or invalid file: nothing touched   3 refused",
      "  4 inconclusive   5 not ready   6 halted   7 UNDO NOT PROVEN   8 canary rolled back",
      "  10 internal error",
      "  Of several, the weightiest counts: 7, 10, 6, 8, 1, 4, 3, 5, 0."
    })
final class GateCommand implements Callable<Integer> {

  @Mixin private ExperimentOptions options = new ExperimentOptions();

  @Mixin private ApprovalOptions approvals = new ApprovalOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "Writes summary.md, junit.xml, results.sarif and gl-code-quality-report.json here,",
        "and a folder with reports and journal for each run. Default: ./faultline-gate"
      })
  private Path out = Path.of("faultline-gate");

  @Option(
      names = "--baseline",
      paramLabel = "DIR",
      description = {
        "Takes the last accepted runs from here, such as from the --out of an earlier build.",
        "Default: the runs of this machine."
      })
  private @Nullable Path baseline;

  @Option(
      names = "--manifests",
      paramLabel = "FILE|DIR",
      description = {
        "Objects of Kubernetes that are to be released: they are held to --policy before",
        "anything is tried. May be given again."
      })
  private List<String> manifests = new ArrayList<>();

  @Option(
      names = "--soft-fail",
      description = "Exits with 0 in place of 1, 4 and 8; the files still say what was found.")
  private boolean soft;

  @Option(
      names = "--fail-on-regression",
      description = "Exits with 1 where a test shows a run to be worse than the accepted one.")
  private boolean regressions;

  private final Console console;

  GateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws UsageError, IOException {
    StageFiles files = new StageFiles(out);
    Set<Acceptance> accepted = options.accepted();
    PastRuns past = baseline == null ? PastRuns.of(console) : PastRuns.in(baseline);
    Optional<GithubStep> github = GithubStep.of(console);
    try {
      files.require();
      Stage stage = stage(files, past, accepted);
      new StageView(console).print(stage, files.summary());
      return written(stage, files, github)
          ? stage.exitCode()
          : Outcome.weightiest(List.of(stage.outcome(), Outcome.INTERNAL_ERROR)).exitCode();
    } finally {
      github.ifPresent(GithubStep::close);
    }
  }

  /** What cannot be written down has been told, and hides nothing that weighs more. */
  private boolean written(Stage stage, StageFiles files, Optional<GithubStep> github) {
    try {
      files.write(stage);
      if (github.isPresent()) {
        github.get().tell(stage, files.summary());
      }
      return true;
    } catch (IOException full) {
      console.error(
          "the files of this stage could not be written",
          Failures.words(full),
          "make room; 'faultline report RUN' writes the reports of each run again");
      return false;
    }
  }

  private Stage stage(StageFiles files, PastRuns past, Set<Acceptance> accepted)
      throws UsageError, IOException {
    Instant began = Instant.now();
    Strictness strictness = new Strictness(soft, regressions);
    Checkout checkout = Checkout.of(console.env());
    GateFiles read = GateFiles.read(options, checkout);
    if (!read.invalid().isEmpty()) {
      read.invalid().forEach(wrong -> Failures.explain(console, wrong));
      return new Stage(Setup.version(), began, read.refused(), List.of(), strictness);
    }
    Optional<PolicyGuard> guard;
    List<Problem> broken;
    try {
      guard = options.guard(console);
      broken = broken(guard);
    } catch (InvalidFile wrong) {
      Failures.explain(console, wrong);
      List<Problem> refused = List.of(checkout.problem(wrong));
      return new Stage(Setup.version(), began, refused, List.of(), strictness);
    }
    if (broken.stream().anyMatch(one -> one.level() == Rule.Level.ERROR)) {
      return new Stage(Setup.version(), began, broken, List.of(), strictness);
    }
    Execution execution =
        Execution.of(console, guard, approvals.eyes(console), Execution.Shown.LIVE);
    new Leftovers(console, execution.engine()).finish(Optional.empty());
    GateRuns runs = new GateRuns(execution, options.seed(), accepted, past, files, checkout);
    List<Trial> trials = runs.of(read.wanted());
    return new Stage(Setup.version(), began, broken, trials, strictness);
  }

  private List<Problem> broken(Optional<PolicyGuard> guard)
      throws InvalidFile, UsageError, IOException {
    if (manifests.isEmpty()) {
      return List.of();
    }
    if (guard.isEmpty()) {
      throw new UsageError(
          "--manifests goes with --policy",
          "without rules there is nothing to hold them to",
          "name a policy, or leave --manifests out");
    }
    return new GateManifests(guard.get().rulebook(), Checkout.of(console.env()))
        .judge(manifests, guard.get().clock().instant());
  }
}
