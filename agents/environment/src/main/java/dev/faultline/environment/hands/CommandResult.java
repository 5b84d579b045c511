package dev.faultline.environment.hands;

import java.util.Optional;

/** What came of a program of the user's. */
sealed interface CommandResult {

  /**
   * It ended by itself, or by a signal, which counts as 128 and its number.
   *
   * @param out the end of its standard output
   * @param err the end of its standard error
   */
  record Ended(int code, String out, String err) implements CommandResult {

    /** Both outputs: which of two lines came first is not known of two pipes. */
    String output() {
      return out + err;
    }

    /**
     * The last line that says something, fit for a message; that of its standard error where there
     * is one, and empty when there is none at all.
     */
    String lastLine() {
      return last(err)
          .or(() -> last(out))
          .map(line -> line.strip().replaceAll("\\p{Cntrl}", "?"))
          .map(line -> line.length() <= 300 ? line : line.substring(0, 300) + "...")
          .orElse("");
    }

    private static Optional<String> last(String text) {
      return text.lines().filter(line -> !line.isBlank()).reduce((_, later) -> later);
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
