package dev.faultline.reports.facts;

import dev.faultline.model.summary.Moment;
import dev.faultline.model.summary.RunSummary;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A run cut in three by its faults: before, during and after.
 *
 * @param name which part
 * @param definition what it spans, in words
 * @param holds whether a moment since the start of the run belongs to it
 */
public record Part(String name, String definition, Predicate<Duration> holds) {

  /** The parts of a run; one part, when no fault came into force. */
  public static List<Part> of(RunSummary run) {
    List<FaultWindow> windows = FaultWindow.of(run);
    if (windows.isEmpty()) {
      return List.of(new Part("whole run", "no fault was in force", _ -> true));
    }
    Duration from =
        windows.stream().map(FaultWindow::from).min(Comparator.naturalOrder()).orElseThrow();
    boolean instant = windows.stream().allMatch(FaultWindow::instant);
    boolean shifts = run.rollout().isPresent();
    Duration to = instant ? steady(run) : last(windows);
    return List.of(
        new Part(
            "before",
            shifts ? "until the canary got traffic" : "until the first effect",
            at -> at.compareTo(from) < 0),
        new Part(
            "during",
            shifts
                ? "while the canary had traffic"
                : instant
                    ? "from the first effect to the steady state, for the fault itself is over at once"
                    : "from the first effect to the proven end of the last fault",
            at -> at.compareTo(from) >= 0 && at.compareTo(to) < 0),
        new Part("after", "from there to the end", at -> at.compareTo(to) >= 0));
  }

  private static Duration steady(RunSummary run) {
    return run.figures().steady().map(Moment::elapsed).orElse(run.lasted());
  }

  private static Duration last(List<FaultWindow> windows) {
    return windows.stream().map(FaultWindow::to).max(Comparator.naturalOrder()).orElseThrow();
  }
}
