package dev.faultline.reports.stage;

import dev.faultline.judge.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a build tried before its release.
 *
 * @param version the version of Faultline
 * @param began when, by the wall clock
 * @param refused what is wrong with files: nothing was tried where one of these is an error
 * @param trials the experiments, in order
 * @param strictness what it does not let pass
 */
public record Stage(
    String version,
    Instant began,
    List<Problem> refused,
    List<Trial> trials,
    Strictness strictness) {

  private static final int INVALID = 2;

  /** Keeps the lists unchangeable. */
  public Stage {
    refused = List.copyOf(refused);
    trials = List.copyOf(trials);
  }

  /** Everything that was found, in the order of files and experiments. */
  public List<Problem> problems() {
    List<Problem> all = new ArrayList<>(refused);
    trials.forEach(trial -> all.addAll(trial.problems()));
    return all;
  }

  /** The weightiest outcome, whatever is let pass; {@link Outcome#PASSED} with invalid files. */
  public Outcome outcome() {
    return Outcome.weightiest(outcomes());
  }

  /** The outcome in a word or two. */
  public String verdict() {
    return isInvalid() ? "invalid file" : outcome().words();
  }

  /** What the process says to the build. */
  public int exitCode() {
    if (isInvalid()) {
      return INVALID;
    }
    return Outcome.weightiest(outcomes().stream().map(strictness::counted).toList()).exitCode();
  }

  /** Whether the exit code is 0 although not all passed. */
  public boolean softened() {
    return exitCode() == 0 && outcome() != Outcome.PASSED;
  }

  private boolean isInvalid() {
    return refused.stream().anyMatch(one -> one.rule() == Rule.INVALID_FILE);
  }

  private List<Outcome> outcomes() {
    List<Outcome> all = new ArrayList<>();
    if (refused.stream().anyMatch(one -> one.level() == Rule.Level.ERROR)) {
      all.add(Outcome.REFUSED);
    }
    for (Trial trial : trials) {
      trial.outcome().ifPresent(all::add);
      if (strictness.regressions() && trial.standing().regressed()) {
        all.add(Outcome.FAILED);
      }
    }
    return all;
  }
}
