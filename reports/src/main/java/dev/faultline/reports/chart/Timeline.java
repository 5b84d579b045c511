package dev.faultline.reports.chart;

import dev.faultline.model.summary.RunSummary.PhaseSpan;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.FaultWindow;
import dev.faultline.reports.facts.PhaseWords;
import dev.faultline.reports.facts.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The run at a glance: its phases, what was in force, and what happened.
 *
 * @param phases what each is called, and when it was
 * @param lanes one for each fault at each target
 * @param more how many lanes there is no room for
 * @param marks numbered moments
 */
public record Timeline(List<Stretch> phases, List<Lane> lanes, int more, List<Mark> marks) {

  private static final int LANES = 14;

  /** A phase in the drawing. */
  public record Stretch(String name, Band band, String from, String lasted) {}

  /** One fault at one target. */
  public record Lane(String name, List<Band> bands, boolean open) {
    /** Its name, as far as it fits. */
    public String brief() {
      return Spelling.brief(name, 60);
    }
  }

  /** Draws the timeline of a run. */
  public static Timeline of(TimeAxis time, Facts facts) {
    Map<String, List<FaultWindow>> lanes = new LinkedHashMap<>();
    for (FaultWindow window : facts.windows()) {
      lanes
          .computeIfAbsent(window.fault() + " at " + window.target(), _ -> new ArrayList<>())
          .add(window);
    }
    return new Timeline(
        facts.run().phases().stream()
            .filter(span -> span.to().compareTo(time.from()) > 0)
            .filter(span -> !span.from().equals(span.to()))
            .map(span -> stretch(time, span))
            .toList(),
        lanes.entrySet().stream()
            .limit(LANES)
            .map(
                lane ->
                    new Lane(
                        lane.getKey(),
                        Band.ofFaults(time, lane.getValue()),
                        lane.getValue().stream().anyMatch(FaultWindow::open)))
            .toList(),
        Math.max(0, lanes.size() - LANES),
        Mark.of(time, facts.run(), facts.recovery()));
  }

  private static Stretch stretch(TimeAxis time, PhaseSpan span) {
    String name = PhaseWords.of(span.phase());
    Duration lasted = span.to().minus(span.from());
    return new Stretch(
        name,
        Band.of(time, span.from(), span.to(), name),
        Spelling.at(span.from()),
        Spelling.span(lasted));
  }

  /** How many rows the marks take. */
  public int rows() {
    return 1 + marks.stream().mapToInt(Mark::row).max().orElse(0);
  }
}
