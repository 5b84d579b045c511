package dev.faultline.reports.junit;

import dev.faultline.reports.stage.Problem;
import dev.faultline.reports.stage.Stage;
import dev.faultline.reports.stage.Standing;
import dev.faultline.reports.stage.Trial;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What a document has: one suite for a run, several for a stage.
 *
 * @param all in order
 */
public record Suites(List<Suite> all) {

  /** Keeps the list unchangeable. */
  public Suites {
    all = List.copyOf(all);
  }

  /** The suites of a stage: one for files that are refused, then one for each experiment. */
  public static Suites of(Stage stage) {
    List<Suite> all = new ArrayList<>();
    if (!stage.refused().isEmpty()) {
      all.add(suite(stage, "files", stage.refused().stream().map(Suites::refused).toList()));
    }
    for (Trial trial : stage.trials()) {
      all.add(
          trial
              .facts()
              .map(run -> Suite.of(run).with(beside(stage, trial)))
              .orElseGet(() -> suite(stage, trial.experiment(), List.of(withoutRun(trial)))));
    }
    return new Suites(all);
  }

  private static Suite suite(Stage stage, String name, List<Case> cases) {
    return new Suite(
        name,
        stage.began().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""),
        Case.seconds(Duration.ZERO),
        List.of(),
        cases);
  }

  private static Case refused(Problem problem) {
    return Case.passed("files", problem.at().file() + " is valid", Duration.ZERO)
        .error(problem.rule().id(), problem.words(), problem.at().words());
  }

  private static Case withoutRun(Trial trial) {
    Case passed =
        Case.passed(trial.experiment() + ".verdict", "the hypothesis holds", Duration.ZERO);
    return trial
        .outcome()
        .map(
            how ->
                passed.error(
                    how.words().replace(' ', '-'),
                    trial.words(),
                    trial.origin().experiment().words()))
        .orElseGet(() -> Case.skipped(passed.group(), passed.name(), trial.words()));
  }

  // What only tells is no failure: the build would be red in one place and green in another.
  private static Case beside(Stage stage, Trial trial) {
    String group = trial.experiment() + ".comparison";
    String name = "no worse than the last accepted run";
    Standing standing = trial.standing();
    if (standing.regressed() && stage.strictness().regressions()) {
      return Case.passed(group, name, Duration.ZERO).failed("worse", standing.words(), "");
    }
    boolean clear = standing.comparison().isPresent() && standing.unsure().isEmpty();
    return clear && !standing.regressed()
        ? Case.passed(group, name, Duration.ZERO)
        : Case.skipped(group, name, standing.words());
  }

  /** How many cases there are. */
  public int tests() {
    return all.stream().mapToInt(suite -> suite.cases().size()).sum();
  }

  /** How many do not hold. */
  public long failures() {
    return all.stream().mapToLong(Suite::failures).sum();
  }

  /** Of how many nothing can be said. */
  public long errors() {
    return all.stream().mapToLong(Suite::errors).sum();
  }

  /** How many were not tried. */
  public long skipped() {
    return all.stream().mapToLong(Suite::skipped).sum();
  }

  /** How long all of them took, in seconds. */
  public String time() {
    return all.stream()
        .map(suite -> new BigDecimal(suite.time()))
        .reduce(BigDecimal.ZERO.setScale(3), BigDecimal::add)
        .toPlainString();
  }
}
