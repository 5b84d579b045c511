package dev.faultline.reports.stage;

import dev.faultline.judge.Outcome;

/**
 * What a stage does not let pass.
 *
 * @param soft lets pass what says that the system is not good enough: failed, inconclusive, rolled
 *     back; never what says that the stage itself is not in order
 * @param regressions fails where a test shows something to be worse than in the last accepted run
 */
public record Strictness(boolean soft, boolean regressions) {

  /** What an outcome counts for. */
  Outcome counted(Outcome outcome) {
    return switch (outcome) {
      case FAILED, INCONCLUSIVE, ROLLED_BACK -> soft ? Outcome.PASSED : outcome;
      case UNDO_NOT_PROVEN, INTERNAL_ERROR, HALTED, REFUSED, NOT_READY, PAUSED, PASSED -> outcome;
    };
  }
}
