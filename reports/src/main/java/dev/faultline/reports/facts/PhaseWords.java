package dev.faultline.reports.facts;

import dev.faultline.model.event.Phase;

/** What the phases of a run are called. */
public final class PhaseWords {

  private PhaseWords() {}

  /** The phase in a word. */
  public static String of(Phase phase) {
    return switch (phase) {
      case PREPARE -> "prepare";
      case BASELINE -> "baseline";
      case FAULTS -> "faults";
      case ROLLOUT -> "rollout";
      case UNDO -> "undo";
      case RECOVERY -> "recovery";
      case CLOSED -> "closed";
    };
  }
}
