package dev.faultline.reports.facts;

import dev.faultline.model.summary.RolloutSummary;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.StepSummary;
import dev.faultline.model.world.Action;
import java.util.List;

/**
 * Whether every fault ended.
 *
 * @param undos steps that had something to take back, and were not meant to stay
 * @param proven how many of these were shown to be taken back
 * @param open what may still be in force
 * @param words all of that in a sentence
 */
public record Promise(long undos, long proven, List<String> open, String words) {

  /** Keeps the list unchangeable. */
  public Promise {
    open = List.copyOf(open);
  }

  /** What a run says of it. */
  public static Promise of(RunSummary run) {
    List<StepSummary> open = run.open();
    long undos =
        run.steps().stream()
            .filter(step -> step.step().undo().isPresent())
            .filter(step -> !step.open() || !run.kept(step))
            .count();
    return new Promise(
        undos,
        undos - open.size(),
        open.stream().map(step -> step.ref().toString()).toList(),
        words(run, undos, open.size()));
  }

  private static String words(RunSummary run, long undos, int open) {
    if (open == 0 && run.steps().stream().allMatch(step -> watches(step))) {
      return run.start().control()
          ? "No fault was put into force: this is a control run"
          : "No fault was put into force";
    }
    if (undos == 0) {
      return "Nothing stays in force: every fault was over at once, there was nothing to undo";
    }
    if (run.rollout().isPresent()) {
      return ofRollout(run, undos, open);
    }
    return "%s: %s"
        .formatted(
            open == 0 ? "Every fault ended" : "Not every fault is known to have ended",
            proof(undos, open));
  }

  private static String ofRollout(RunSummary run, long undos, int open) {
    boolean promoted = run.rollout().flatMap(RolloutSummary::promoted).isPresent();
    String where =
        open > 0
            ? "Not all traffic is known to be where it belongs"
            : promoted
                ? "All traffic stays with the new version, and nothing guards it any more"
                : "All traffic is back at stable";
    return "%s: %s".formatted(where, proof(undos, open));
  }

  private static String proof(long undos, int open) {
    return "%s of %s proven"
        .formatted(Spelling.count(undos - open), Spelling.counted(undos, "undo"));
  }

  // A ledger watches a fault; it is undone as one, and is none.
  private static boolean watches(StepSummary step) {
    return step.step().action() instanceof Action.OpenLedger;
  }

  /** Whether nothing can be left. */
  public boolean kept() {
    return open.isEmpty();
  }
}
