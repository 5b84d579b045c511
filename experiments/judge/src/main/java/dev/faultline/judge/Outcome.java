package dev.faultline.judge;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** How a run ended, with the exit code that says so everywhere. */
public enum Outcome {
  // Declared from the weightiest to the lightest: when several apply, the first one counts.
  /** Something of ours may still be in force. */
  UNDO_NOT_PROVEN(7, "undo not proven"),
  /** Faultline itself failed; what it had done was undone. */
  INTERNAL_ERROR(10, "internal error"),
  /** Stopped by a person or a signal; every undo is proven. */
  HALTED(6, "halted"),
  /** A canary was rolled back. */
  ROLLED_BACK(8, "rolled back"),
  /** The hypothesis does not hold. */
  FAILED(1, "failed"),
  /** Nothing can be said, for a stated reason. */
  INCONCLUSIVE(4, "inconclusive"),
  /** Refused by a policy or a guard rail; nothing was touched. */
  REFUSED(3, "refused"),
  /** The environment was not fit for the run; nothing was touched. */
  NOT_READY(5, "not ready"),
  /** Waits for an approval. */
  PAUSED(9, "paused"),
  /** The hypothesis held, with evidence. */
  PASSED(0, "passed");

  private final int exitCode;
  private final String words;

  Outcome(int exitCode, String words) {
    this.exitCode = exitCode;
    this.words = words;
  }

  /** The exit code of the process, the same for every verb. */
  public int exitCode() {
    return exitCode;
  }

  /** The outcome that this exit code says; empty where it is none of ours. */
  public static Optional<Outcome> ofExitCode(int code) {
    return Arrays.stream(values()).filter(known -> known.exitCode == code).findFirst();
  }

  /** The outcome in one or two words. */
  public String words() {
    return words;
  }

  /** The one that counts when several apply; {@link #PASSED} when none does. */
  public static Outcome weightiest(Collection<Outcome> outcomes) {
    return outcomes.stream().min(Comparator.naturalOrder()).orElse(PASSED);
  }
}
