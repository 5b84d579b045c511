package dev.faultline.reports.facts;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.LedgerAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run could not measure, and why; each one sentence without a full stop. */
final class Unmeasured {

  private final List<String> found = new ArrayList<>();

  private Unmeasured() {}

  static List<String> of(
      RunSummary run, Recovery recovery, List<GateFacts> gates, Optional<LoadFacts> load) {
    Unmeasured unmeasured = new Unmeasured();
    unmeasured.ofRun(run);
    unmeasured.ofRecovery(run, recovery);
    gates.forEach(unmeasured::ofGate);
    run.observations().stream().map(ObservationFacts::of).forEach(unmeasured::ofObservation);
    unmeasured.ofLoad(run, load);
    unmeasured.ofLedger(run);
    return List.copyOf(unmeasured.found);
  }

  private void ofRun(RunSummary run) {
    if (run.verdict().isEmpty()) {
      found.add(
          "The end of the run: its events stop at %s without a verdict; either it was still going"
                  .formatted(Spelling.at(run.lasted()))
              + " on, or it died");
    }
    if (run.plan().isEmpty()) {
      found.add("What would have been done: no plan is among the events");
    }
    run.steps().stream()
        .map(step -> StepFacts.of(run, step))
        .filter(step -> step.shown() != StepFacts.Shown.PROVEN)
        .limit(20)
        .forEach(step -> found.add("The effect of %s: %s".formatted(step.name(), step.proof())));
  }

  private void ofRecovery(RunSummary run, Recovery recovery) {
    if (run.start().control()) {
      found.add("Detection and recovery: a control run breaks nothing, so nothing can be detected");
      return;
    }
    if (run.rollout().isPresent() && run.figures().impact().isEmpty()) {
      found.add(
          "Requests in the canary's warm-up and in the first moments of each step: no block of a"
              + " comparison holds them");
      return;
    }
    if (recovery.unhurt()) {
      found.add(
          "Detection and recovery: no signal left its bound after the effect, so there was nothing"
              + " to detect or to recover from");
    }
    for (Recovery.At at : recovery.moments()) {
      if (at.moment().isEmpty() && !recovery.unhurt()) {
        found.add("%s was not seen: %s".formatted(at.name(), at.definition()));
      }
    }
    recovery
        .plusMinus()
        .ifPresent(
            margin ->
                found.add(
                    "Moments that come from gates, finer than %s: the longest window of a gate plus the time between two looks"
                        .formatted(margin)));
  }

  private void ofGate(GateFacts gate) {
    if (gate.summary().points().isEmpty()) {
      found.add("Gate %s: it was never read".formatted(gate.name()));
    }
    gate.blind().stream()
        .limit(5)
        .forEach(blind -> found.add("Gate %s was blind %s".formatted(gate.name(), blind.words())));
    if (gate.blind().size() > 5) {
      found.add("Gate %s was blind %s times more".formatted(gate.name(), gate.blind().size() - 5));
    }
  }

  private void ofObservation(ObservationFacts one) {
    if (one.summary().points().isEmpty()) {
      found.add("Observation %s: it was never read".formatted(one.name()));
    } else if (one.blind() > 0) {
      found.add(
          "Observation %s, in %s of %s: %s"
              .formatted(
                  one.name(),
                  Spelling.count(one.blind()),
                  Spelling.counted(one.summary().points().size(), "look"),
                  one.blindness().orElse("not read")));
    }
  }

  private void ofLedger(RunSummary run) {
    String figures =
        "Lost, duplicated or reordered writes (RPO), and the time without a successful write (RTO):";
    if (run.ledger().isPresent()) {
      found.addAll(ofAccount(run.ledger().get()));
    } else if (run.start().spec().ledger().isPresent()) {
      found.add(figures + " the ledger was not accounted for before the events end");
    } else {
      found.add(figures + " this run kept no ledger of acknowledged writes");
    }
  }

  private static List<String> ofAccount(LedgerAccount account) {
    List<String> left = new ArrayList<>();
    if (account.tally().isEmpty()) {
      left.add("Lost, unknown, duplicated and reordered writes: " + account.unread());
    }
    left.add(
        "What a loss of power would take from the disks: the ledger sees processes that end, not"
            + " machines that do");
    return left;
  }

  private void ofLoad(RunSummary run, Optional<LoadFacts> load) {
    if (load.isEmpty()) {
      found.add(
          run.start().spec().load().or(() -> run.start().environment().load()).isPresent()
              ? "Requests and latencies: the load did not complete a second"
              : "Requests and latencies: the experiment states no load");
      return;
    }
    if (load.get().unreadable() > 0) {
      found.add(
          "Latencies of %s: no readable histogram"
              .formatted(Spelling.counted(load.get().unreadable(), "second")));
    }
    load.get().parts().stream()
        .filter(part -> part.intended() > 0 && part.latencies().isEmpty())
        .forEach(part -> found.add("Latencies %s: no histogram".formatted(part.part().name())));
  }
}
