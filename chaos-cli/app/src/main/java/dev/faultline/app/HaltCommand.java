package dev.faultline.app;

import dev.faultline.engine.audit.Act;
import dev.faultline.engine.journal.Lever;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.run.Clock;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops what is on, and keeps more from beginning. */
@Command(
    name = "halt",
    description = {
      "Stops all runs of this user and withdraws their faults; none begins until",
      "'faultline resume'. With RUN, stops that one alone."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline halt --why 'customers complain'",
      "%nExit codes:",
      "  0 nothing is on, every undo is proven   2 no such run   7 UNDO NOT PROVEN"
    })
final class HaltCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofMillis(100);

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "One run; all when not given.")
  private @Nullable String run;

  @Option(names = "--all", description = "All runs, which is also the default.")
  private boolean all;

  @Option(names = "--why", paramLabel = "TEXT", description = "Is told to those who are refused.")
  private String why = "";

  @Option(
      names = "--within",
      paramLabel = "SECONDS",
      description = "How long to wait for the end of what is on. Default: 120.")
  private int within = 120;

  private final Console console;

  HaltCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, UsageError, InterruptedException {
    if (all && run != null) {
      throw new UsageError("--all and a run are given", "only one can be meant", "leave one out");
    }
    RunStore store = Setup.store(console);
    Lever.Pulled halt = new Lever.Pulled(Setup.user(), Clock.system().now(), why);
    Optional<RunFolder> only = run == null ? Optional.empty() : Optional.of(Setup.run(store, run));
    Set<RunFolder> on = on(store, only);
    if (only.isPresent()) {
      store.lever().pull(halt, only.get().id());
    } else {
      store.lever().pull(halt);
    }
    // The lever comes first: no halt waits for its record.
    boolean _ = AuditTrail.of(console).tell(new Act.Halted(only.map(RunFolder::id), why));
    List<Outcome> outcomes = new ArrayList<>(awaitEnds(store, only, on, halt.at()));
    outcomes.addAll(undoDead(Setup.engine(console), only));
    if (only.isPresent()) {
      store.lever().forget(only.get().id());
    } else {
      console.err().line("Nothing begins until 'faultline resume'.");
    }
    return outcomes.contains(Outcome.UNDO_NOT_PROVEN) ? Outcome.UNDO_NOT_PROVEN.exitCode() : 0;
  }

  private static Set<RunFolder> on(RunStore store, Optional<RunFolder> only) throws IOException {
    Set<RunFolder> on = new LinkedHashSet<>();
    for (RunFolder folder : only.isPresent() ? List.of(only.get()) : store.all()) {
      if (store.isHeld(folder)) {
        on.add(folder);
      }
    }
    return on;
  }

  /** Looks again at the end: one that was about to begin as the lever was pulled is met, too. */
  private List<Outcome> awaitEnds(
      RunStore store, Optional<RunFolder> only, Set<RunFolder> before, Instant from)
      throws IOException, InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    Set<RunFolder> met = new HashSet<>();
    for (Set<RunFolder> on = before; !met.containsAll(on); on = on(store, only)) {
      for (RunFolder folder : on) {
        if (met.add(folder)) {
          outcomes.add(awaitEnd(folder, store, from.plusSeconds(within)));
        }
      }
    }
    return outcomes;
  }

  private Outcome awaitEnd(RunFolder folder, RunStore store, Instant end)
      throws IOException, InterruptedException {
    while (store.isHeld(folder)) {
      if (Clock.system().now().isAfter(end)) {
        console.error(
            "run %s is still on".formatted(folder.id()),
            "its faults are being withdrawn, or its process hangs",
            "see 'faultline status'; end its process, and 'faultline undo' withdraws the faults");
        return Outcome.UNDO_NOT_PROVEN;
      }
      Clock.system().sleep(LOOK);
    }
    Outcome outcome = Recorded.outcome(folder).orElse(Outcome.HALTED);
    console.out().line(folder.id() + ": " + outcome.words());
    return outcome;
  }

  /** A halted machine is to be as it was: also what died before is withdrawn. */
  private List<Outcome> undoDead(Engine engine, Optional<RunFolder> only) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Result dead : new Leftovers(console, engine).finish(only)) {
      Outcome outcome = dead.verdict().outcome();
      console.out().line(dead.folder().id() + ": " + outcome.words());
      outcomes.add(outcome);
    }
    return outcomes;
  }
}
