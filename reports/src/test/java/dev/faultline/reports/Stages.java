package dev.faultline.reports;

import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.stage.Located;
import dev.faultline.reports.stage.Origin;
import dev.faultline.reports.stage.Problem;
import dev.faultline.reports.stage.Stage;
import dev.faultline.reports.stage.Standing;
import dev.faultline.reports.stage.Strictness;
import dev.faultline.reports.stage.Trial;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stages that a document must be able to tell about. */
final class Stages {

  static final Strictness STRICT = new Strictness(false, false);
  static final Strictness SOFT = new Strictness(true, false);
  private static final Instant BEGAN = Instant.parse("2026-03-14T09:26:53.5Z");

  private Stages() {}

  /** Every run there is in one stage. */
  static Stage all() {
    List<Trial> trials = new ArrayList<>();
    Runs.all().forEach((name, run) -> trials.add(ran(name, run.summary(), Standing.ALONE)));
    trials.add(trial("refused", "none").ended(Outcome.REFUSED, "fault x: nothing ends it"));
    trials.add(trial("late", "the run before it was halted"));
    return of(STRICT, trials.toArray(Trial[]::new));
  }

  static Stage of(Strictness strictness, Trial... trials) {
    return new Stage("0.1.0", BEGAN, List.of(), List.of(trials), strictness);
  }

  static Stage refused(Problem... problems) {
    return new Stage("0.1.0", BEGAN, List.of(problems), List.of(), STRICT);
  }

  /** Every text of others is hostile, and so is the name of the file. */
  static Stage hostile(String text) {
    Located at = new Located("chaos/" + text.replace('\0', ' ') + ".yaml", 3, 5);
    Trial trial =
        Trial.untried("hostile", new Origin(at, Map.of()), List.of("Gate x: " + text), text)
            .ran(
                Outcome.FAILED,
                Facts.of(Hostile.run(text).summary()),
                Standing.beside(Runs.passed().summary(), Hostile.run(text).summary()),
                "hostile");
    return new Stage("0.1.0", BEGAN, List.of(Problem.invalid(at, text)), List.of(trial), STRICT);
  }

  static Trial ran(String name, RunSummary run, Standing standing) {
    Outcome outcome = run.verdict().map(Verdict::outcome).orElse(Outcome.INTERNAL_ERROR);
    return trial(name, "").ran(outcome, Facts.of(run), standing, name);
  }

  static Trial ended(String name, Outcome outcome) {
    return trial(name, "").ended(outcome, "because");
  }

  private static Trial trial(String name, String why) {
    Located at = new Located("chaos/%s.yaml".formatted(name), 3, 18);
    Map<String, Located> gates =
        Map.of("errors", new Located(at.file(), 11, 7), "p99", new Located(at.file(), 20, 7));
    return Trial.untried(name, new Origin(at, gates), List.of("Gate p99: is slow."), why);
  }

  static String render(StageFormat format, Stage stage) {
    StringWriter out = new StringWriter();
    try {
      format.write(stage, out);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toString();
  }
}
