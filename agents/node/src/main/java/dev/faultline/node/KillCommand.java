package dev.faultline.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Signals by executing {@code kill}, where the kernel cannot be asked directly. */
final class KillCommand {

  private static final int TIMEOUT_SECONDS = 5;

  private KillCommand() {}

  static SignalResult signal(ProcessIdentity identity, PosixSignal signal) {
    if (identity.state() == ProcessState.GONE) {
      return new SignalResult.Gone();
    }
    try {
      String complaint = run(signal, identity.pid());
      if (complaint.isEmpty()) {
        return new SignalResult.Sent();
      }
      return identity.state() == ProcessState.GONE
          ? new SignalResult.Gone()
          : new SignalResult.Denied(complaint);
    } catch (IOException failure) {
      return new SignalResult.Denied("cannot execute kill: " + failure.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new SignalResult.Denied("interrupted while executing kill");
    }
  }

  /** Returns what went wrong; empty when nothing did. */
  private static String run(PosixSignal signal, long pid) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-s", signal.name(), Long.toString(pid))
            .redirectErrorStream(true)
            .start();
    if (!kill.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      kill.destroyForcibly();
      return "kill did not return within " + TIMEOUT_SECONDS + " s";
    }
    String said = new String(kill.getInputStream().readNBytes(200), StandardCharsets.UTF_8).strip();
    return kill.exitValue() == 0 ? "" : "kill exited with " + kill.exitValue() + ": " + said;
  }
}
