package dev.faultline.serve.page;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.HtmlModel;
import dev.faultline.reports.facts.Facts;
import dev.faultline.serve.runs.Brief;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run: as it stands, and how it came to that. */
public final class RunPage {

  /** What is quick to find. */
  public static final List<String> QUICK = List.of("state", "gates");

  /** What all events have to be gone through for. */
  public static final List<String> DRAWN = List.of("drawings");

  private RunPage() {}

  /** The page, with its drawings. */
  public static Screen of(Brief brief, RunSummary run) {
    Map<String, Object> model = new TreeMap<>(HtmlModel.of(Facts.of(run)));
    model.put("run", RunNow.of(brief, run));
    return screen(brief, run, model);
  }

  /** What is quick to find of it. */
  public static Screen quick(Brief brief, RunSummary run) {
    return screen(brief, run, Map.of("run", RunNow.of(brief, run)));
  }

  private static Screen screen(Brief brief, RunSummary run, Map<String, Object> model) {
    List<String> all = new ArrayList<>(QUICK);
    all.addAll(DRAWN);
    return new Screen("run", brief.title(), all, said(brief, run), model);
  }

  /** A run that cannot be shown. */
  public static Screen untold(Brief brief, String why) {
    return Screen.still("untold", brief.run(), Map.of("brief", brief, "why", why));
  }

  private static String said(Brief brief, RunSummary run) {
    List<String> breached =
        run.gates().stream()
            .map(GateNow::of)
            .filter(gate -> List.of("breached", "blind").contains(gate.status()))
            .map(gate -> "Gate %s: %s.".formatted(gate.name(), gate.status()))
            .toList();
    List<String> faults = run.open().stream().map(step -> step.ref().fault()).distinct().toList();
    return "%s. %s%s"
        .formatted(
            brief.word(),
            faults.isEmpty() ? "" : "In force: %s. ".formatted(String.join(", ", faults)),
            String.join(" ", breached));
  }
}
