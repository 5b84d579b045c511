package dev.faultline.reports.facts;

import dev.faultline.model.event.StepRef;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.StepSummary;
import dev.faultline.model.world.Action;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When one fault was in force at one target.
 *
 * @param from its effect was shown; or the intent, where the effect was not shown
 * @param to its end was shown; or the end of the run, where it was not
 * @param instant whether it was over at once
 * @param open whether its end was not shown
 * @param proven whether its effect was shown
 */
public record FaultWindow(
    String fault,
    String target,
    int occurrence,
    Duration from,
    Duration to,
    boolean instant,
    boolean open,
    boolean proven) {

  private record Place(String fault, String target, int occurrence) {
    static Place of(StepRef ref) {
      return new Place(ref.fault(), ref.target(), ref.occurrence());
    }
  }

  /**
   * The windows of a run in the order of their intents; a fuse guards a fault, a ledger watches
   * one, and neither is one. The shifts of a rollout are one window.
   */
  public static List<FaultWindow> of(RunSummary run) {
    Map<Place, FaultWindow> windows = new LinkedHashMap<>();
    for (StepSummary step : run.steps()) {
      boolean later = run.rollout().isPresent() && step.ref().occurrence() > 0;
      if (!guards(step.step().action()) && !later) {
        windows.merge(Place.of(step.ref()), of(step, run), FaultWindow::with);
      }
    }
    return List.copyOf(windows.values());
  }

  static boolean guards(Action action) {
    return action.itself() instanceof Action.ArmFuse || action instanceof Action.OpenLedger;
  }

  private static FaultWindow of(StepSummary step, RunSummary run) {
    boolean instant = step.step().undo().isEmpty();
    Duration from = step.effective().orElse(step.intended());
    return new FaultWindow(
        step.ref().fault(),
        step.ref().target(),
        step.ref().occurrence(),
        from,
        instant ? from : step.ended().orElse(run.lasted()),
        instant,
        step.open() && !run.kept(step),
        step.effective().isPresent());
  }

  private FaultWindow with(FaultWindow other) {
    return new FaultWindow(
        fault,
        target,
        occurrence,
        from.compareTo(other.from) <= 0 ? from : other.from,
        to.compareTo(other.to) >= 0 ? to : other.to,
        instant && other.instant,
        open || other.open,
        proven && other.proven);
  }

  /** The fault, its target, its times and whatever is not proven, in words. */
  public String words() {
    String time =
        instant
            ? "at once, " + Spelling.at(from)
            : "%s to %s".formatted(Spelling.at(from), open ? "unknown" : Spelling.at(to));
    return "%s%s at %s: %s%s%s"
        .formatted(
            fault,
            occurrence == 0 ? "" : " #" + (occurrence + 1),
            target,
            time,
            proven ? "" : ", effect not shown",
            open ? ", end not proven" : "");
  }
}
