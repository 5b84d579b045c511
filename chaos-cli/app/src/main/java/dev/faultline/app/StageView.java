package dev.faultline.app;

import dev.faultline.judge.Outcome;
import dev.faultline.reports.stage.Problem;
import dev.faultline.reports.stage.Stage;
import dev.faultline.reports.stage.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A stage for people who read the log of a build: what was found, and where the rest is. */
final class StageView {

  private final Page out;

  StageView(Console console) {
    this.out = console.out();
  }

  void print(Stage stage, Path summary) {
    out.line("");
    for (Problem problem : stage.problems()) {
      out.wrapped(
          "%-8s ".formatted(problem.level().name().toLowerCase(Locale.ROOT)),
          Inert.text("%s: %s".formatted(problem.at().words(), problem.words())));
    }
    List<Trial> trials = stage.trials();
    long passed =
        trials.stream()
            .filter(trial -> trial.outcome().filter(Outcome.PASSED::equals).isPresent())
            .count();
    String head = "GATE " + stage.verdict().toUpperCase(Locale.ROOT);
    out.wrapped(
        out.in(stage.outcome() == Outcome.PASSED ? Style.GREEN : Style.RED, head) + ": ",
        "%d of %s passed%s; see %s"
            .formatted(
                passed,
                Spell.count(trials.size(), "experiment"),
                stage.softened() ? ", let pass by --soft-fail" : "",
                summary));
  }
}
