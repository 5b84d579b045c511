package dev.faultline.app;

import dev.faultline.app.foureyes.Approval;
import dev.faultline.app.foureyes.FourEyes;
import dev.faultline.app.foureyes.Statement;
import dev.faultline.engine.audit.Act;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Engine;
import dev.faultline.judge.Outcome;
import dev.faultline.model.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs plans, for others to run them. */
@Command(
    name = "approve-plan",
    description = {
      "Plans, shows the plan, and signs its hash with an SSH key: others may run exactly that,",
      "for a while. Starts and touches nothing."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline approve-plan chaos/orders.yaml --key ~/.ssh/id_ed25519 --for 48h",
      "  faultline run chaos/orders.yaml --signers ops/allowed_signers",
      "%nExit codes:",
      "  0 signed   2 usage or invalid file   3 refused   5 environment or key not ready"
    })
final class ApprovePlanCommand implements Callable<Integer> {

  @Mixin private ExperimentOptions options = new ExperimentOptions();

  @Option(
      names = "--key",
      paramLabel = "KEY",
      required = true,
      description = "The file of your key, or of its public half where an agent has it.")
  private Path key = Path.of("");

  @Option(
      names = "--for",
      paramLabel = "24h",
      description = "How long the approval counts, up to 30d. Default: 24h.")
  private String lasts = "24h";

  @Option(
      names = "--approvals",
      paramLabel = "FILE",
      description = "Where the approval is added. Default: beside the file, in FILE.approvals.")
  private @Nullable Path approvals;

  @Option(names = "--why", paramLabel = "TEXT", description = "Stands in the approval.")
  private String why = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Does not ask before it signs.")
  private boolean yes;

  private final Console console;

  ApprovePlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InvalidFile, UsageError, Unplannable, IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Duration length = new PastTimes(now).length("--for", lasts);
    if (length.compareTo(Statement.LONGEST) > 0) {
      throw new UsageError(
          "--for %s is too long".formatted(lasts),
          "an approval counts for up to %d days".formatted(Statement.LONGEST.toDays()),
          "write --for 24h, and approve it again later");
    }
    Engine engine = Setup.engine(console, options.rules(console));
    for (LoadedExperiment experiment : options.load()) {
      Plan plan = engine.plan(experiment, options.seed(), options.accepted());
      new PlanView(console.out()).print(plan, experiment);
      if (!yes
          && console.person()
          && !console.agreed(
              "Approve %s until %s?".formatted(experiment.name(), now.plus(length)))) {
        throw new Unplannable(Outcome.REFUSED, "the answer was no");
      }
      sign(
          experiment,
          new Statement(
              plan.hash(),
              plan.experiment(),
              experiment.environmentName(),
              now,
              now.plus(length),
              why));
    }
    return 0;
  }

  private void sign(LoadedExperiment experiment, Statement statement) throws IOException {
    Path file = approvals == null ? Approval.beside(experiment.file()) : approvals;
    Approval approval = FourEyes.sign(statement, key);
    AuditTrail.of(console)
        .require(new Act.Signed(statement.experiment(), statement.plan(), statement.until(), why));
    approval.addTo(file);
    console
        .err()
        .line("The approval of %s is in %s".formatted(Inert.text(statement.experiment()), file));
  }
}
