package dev.faultline.reports.comparison;

import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.comparison.Row.Change;
import java.util.Optional;

/**
 * How both runs ended. Of a run that tells nothing about the system nobody can say whether it went
 * worse.
 */
final class Outcomes {

  private Outcomes() {}

  static Row row(RunSummary first, RunSummary second) {
    Optional<Outcome> was = first.verdict().map(Verdict::outcome);
    Optional<Outcome> is = second.verdict().map(Verdict::outcome);
    return Row.words(Row.RUN, "outcome", words(was), words(is), change(was, is));
  }

  private static String words(Optional<Outcome> outcome) {
    return outcome.map(Outcome::words).orElse("no verdict");
  }

  private static Change change(Optional<Outcome> was, Optional<Outcome> is) {
    if (was.isEmpty() || is.isEmpty()) {
      return Change.UNKNOWN;
    }
    if (was.equals(is)) {
      return Change.SAME;
    }
    if (is.get() == Outcome.PASSED) {
      return Change.BETTER;
    }
    if (!bad(is.get())) {
      return Change.UNKNOWN;
    }
    boolean heavier = !bad(was.get()) || is.get().compareTo(was.get()) < 0;
    return heavier ? Change.WORSE : Change.BETTER;
  }

  private static boolean bad(Outcome outcome) {
    return switch (outcome) {
      case FAILED, ROLLED_BACK, UNDO_NOT_PROVEN -> true;
      case INTERNAL_ERROR, HALTED, INCONCLUSIVE, REFUSED, NOT_READY, PAUSED, PASSED -> false;
    };
  }
}
