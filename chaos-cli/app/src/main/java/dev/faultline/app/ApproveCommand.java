package dev.faultline.app;

import dev.faultline.engine.audit.Act;
import dev.faultline.engine.journal.Approvals;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.run.Clock;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a rollout go on that waits for a person. */
@Command(
    name = "approve",
    description = {
      "Lets a rollout go on that waits for an approval in one of its steps, or is held by a"
          + " breach.",
      "Only that step is approved; a later one waits for another approval."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline approve 20260101-120000-orders-v2 --why 'looks good in the support desk'",
      "%nExit codes:",
      "  0 it goes on   2 no such run, or it waits for nothing   4 it did not take the approval"
    })
final class ApproveCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Parameters(paramLabel = "RUN", description = "The run that waits.")
  private String run = "";

  @Option(names = "--why", paramLabel = "TEXT", description = "Stands in journal and report.")
  private String why = "";

  private final Console console;

  ApproveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, UsageError, InterruptedException {
    RunStore store = Setup.store(console);
    RunFolder folder = Setup.run(store, run);
    Optional<Event.ApprovalAsked> found = waiting(folder.read().entries());
    if (found.isEmpty() || !store.isHeld(folder)) {
      throw new UsageError(
          "run " + folder.id() + " waits for no approval",
          "it has not come to a step with 'approve', nothing holds it, it was approved, or it is"
              + " over",
          "'faultline watch " + folder.id() + "' shows where it is");
    }
    Event.ApprovalAsked asked = found.get();
    boolean breach = asked.breach().isPresent();
    AuditTrail.of(console).require(new Act.Approved(folder.id(), asked.step() + 1, breach, why));
    new Approvals(folder, breach).give(asked.step(), new Approvals.Approval(Setup.user(), why));
    Instant end = Clock.system().now().plus(PATIENCE);
    while (waiting(folder.read().entries()).equals(Optional.of(asked))) {
      if (Clock.system().now().isAfter(end) || !store.isHeld(folder)) {
        console.error(
            "run " + folder.id() + " did not take the approval",
            "it has just ended, or its process hangs",
            "see 'faultline status'");
        return Outcome.INCONCLUSIVE.exitCode();
      }
      Clock.system().sleep(LOOK);
    }
    console.out().line("%s: approved, %s".formatted(folder.id(), Inert.text(asked.words())));
    return 0;
  }

  /** What was asked last, if no answer and no end has come since. */
  private static Optional<Event.ApprovalAsked> waiting(List<Entry> entries) {
    return entries.reversed().stream()
        .map(Entry::event)
        .filter(
            event ->
                event instanceof Event.ApprovalAsked
                    || event instanceof Event.Approved
                    || event instanceof Event.Stopping)
        .findFirst()
        .filter(Event.ApprovalAsked.class::isInstance)
        .map(Event.ApprovalAsked.class::cast);
  }
}
