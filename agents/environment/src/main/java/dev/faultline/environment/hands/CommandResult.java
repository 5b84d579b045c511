package dev.faultline.environment.hands;

/** What came of a program of the user's. */
sealed interface CommandResult {

  /** It ended by itself, or by a signal, which counts as 128 and its number. */
  record Ended(int code, String output) implements CommandResult {

    /** The last line that says something, fit for a message; empty when there is none. */
    String lastLine() {
      return output
          .lines()
          .filter(line -> !line.isBlank())
          .reduce((earlier, later) -> later)
          .map(line -> line.strip().replaceAll("\\p{Cntrl}", "?"))
          .map(line -> line.length() <= 300 ? line : line.substring(0, 300) + "...")
          .orElse("");
    }
  }

  /** It did not end in time, and was killed with everything that it had started. */
  record TimedOut() implements CommandResult {}

  /**
   * It has no exit code: it could not be executed, or was killed because the thread that ran it was
   * interrupted.
   */
  record NotStarted(String why) implements CommandResult {}
}
