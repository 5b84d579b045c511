package dev.faultline.reports.facts;

import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.model.summary.RunSummary;
import java.util.Locale;
import java.util.Optional;

/**
 * The verdict as a reader meets it first.
 *
 * @param tone what the reader should feel
 * @param word the outcome
 * @param reason the first reason of that outcome, as a sentence without a full stop
 * @param exitCode what the process said; empty for a run without an end
 */
public record Headline(Tone tone, String word, String reason, Optional<Integer> exitCode) {

  /** The reason in a few lines; all of it stands among the reasons. */
  public String brief() {
    return Spelling.brief(reason, 400);
  }

  /** The few ways a run can have gone. */
  public enum Tone {
    /** All is well. */
    GOOD,
    /** Something does not hold. */
    BAD,
    /** Nothing can be said. */
    UNSURE,
    /** Something of ours may still be there. */
    DANGER;

    /** The tone in the words of a style sheet. */
    public String style() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The headline of a run. */
  public static Headline of(RunSummary run) {
    return run.verdict().map(verdict -> of(run, verdict)).orElseGet(() -> unfinished(run));
  }

  private static Headline of(RunSummary run, Verdict verdict) {
    Optional<RolloutFacts> rollout = RolloutFacts.of(run);
    String word = verdict.outcome().words();
    String first =
        verdict.reasons().stream()
            .filter(reason -> reason.outcome() == verdict.outcome())
            .findFirst()
            .map(reason -> reason.subject() + ": " + reason.words())
            .orElse(meaning(verdict.outcome()));
    return new Headline(
        unproven(rollout, verdict.outcome()) ? Tone.UNSURE : tone(verdict.outcome()),
        rollout
            .map(facts -> facts.headline(verdict.outcome()))
            .orElse(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)),
        first,
        Optional.of(verdict.outcome().exitCode()));
  }

  /** Nothing spoke against the version, and nothing for it. */
  private static boolean unproven(Optional<RolloutFacts> rollout, Outcome outcome) {
    return outcome == Outcome.PASSED
        && rollout.filter(facts -> facts.proof() == RolloutFacts.Proof.NONE).isPresent();
  }

  private static Headline unfinished(RunSummary run) {
    String where =
        run.phases().isEmpty()
            ? "before its first phase"
            : "in phase " + PhaseWords.of(run.phases().getLast().phase());
    String words = "The events end %s at %s".formatted(where, Spelling.at(run.lasted()));
    return run.open().isEmpty()
        ? new Headline(Tone.UNSURE, "No verdict", words, Optional.empty())
        : new Headline(
            Tone.DANGER,
            "No verdict",
            words + ", and a fault may still be in force: run 'faultline undo'",
            Optional.empty());
  }

  private static Tone tone(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> Tone.GOOD;
      case FAILED, ROLLED_BACK, INTERNAL_ERROR -> Tone.BAD;
      case HALTED, INCONCLUSIVE, REFUSED, NOT_READY, PAUSED -> Tone.UNSURE;
      case UNDO_NOT_PROVEN -> Tone.DANGER;
    };
  }

  private static String meaning(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> "Every gate held";
      case FAILED -> "The hypothesis does not hold";
      case ROLLED_BACK -> "The canary was rolled back";
      case INTERNAL_ERROR -> "Faultline itself failed";
      case HALTED -> "Stopped on request";
      case INCONCLUSIVE -> "Nothing can be said";
      case REFUSED -> "Refused before anything was touched";
      case NOT_READY -> "The environment was not fit for the run; nothing was touched";
      case PAUSED -> "Waits for an approval";
      case UNDO_NOT_PROVEN -> "Something of ours may still be in force";
    };
  }
}
