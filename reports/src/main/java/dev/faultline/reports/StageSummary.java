package dev.faultline.reports;

import dev.faultline.reports.facts.Essentials;
import dev.faultline.reports.stage.Stage;
import dev.faultline.reports.stage.Trial;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A short table of the runs, for the page of a build. */
public final class StageSummary implements StageFormat {

  private static final int LONGEST = 400;

  private final Templates templates = new Templates(LONGEST);

  /**
   * One line of the table.
   *
   * @param figures of its run; empty without one
   */
  public record Line(Trial trial, Optional<Essentials> figures) {}

  @Override
  public String fileName() {
    return "summary.md";
  }

  @Override
  public void write(Stage stage, Writer out) throws IOException {
    List<Line> lines =
        stage.trials().stream()
            .map(trial -> new Line(trial, trial.facts().map(Essentials::of)))
            .toList();
    templates.write(
        "stage.md.ftl", Map.of("stage", stage, "lines", lines, "problems", stage.problems()), out);
  }
}
