package dev.faultline.testkit;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a build beside the tests makes, for tests that come before it is done. */
public final class BeingBuilt {

  private static final int SECONDS = 900;

  private BeingBuilt() {}

  /**
   * Waits until a build is done, 15 minutes at most; at once where none is under way, or there is
   * no {@code flock}.
   *
   * @param building the file that it locks
   * @throws InterruptedException when the thread is interrupted meanwhile
   */
  public static void await(Path building) throws InterruptedException {
    if (!Files.exists(building)) {
      return;
    }
    try {
      Process waiting =
          new ProcessBuilder("flock", "-w", "" + SECONDS, building.toString(), "true")
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      if (!waiting.waitFor(SECONDS + 10L, TimeUnit.SECONDS)) {
        waiting.destroyForcibly();
      }
    } catch (IOException noFlock) {
      // Then nobody holds it either.
    }
  }
}
