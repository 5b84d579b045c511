package dev.faultline.environment.lives;

import java.util.Map;

/** How a process ended, in words. */
public final class ExitWords {

  private static final int SIGNALLED = 128;
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 6, "SIGABRT", 7, "SIGBUS", 9, "SIGKILL", 11,
          "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

  private ExitWords() {}

  /** Such as {@code SIGKILL} or {@code exit code 1}. */
  public static String of(int exitValue) {
    String signal = SIGNALS.get(exitValue - SIGNALLED);
    return signal == null ? "exit code " + exitValue : signal;
  }
}
