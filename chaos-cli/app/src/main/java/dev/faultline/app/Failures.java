package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.planning.Unplannable;
import java.io.IOException;

/** What a failed command says, and its exit code. */
final class Failures {

  private Failures() {}

  static int explain(Console console, Exception failure) {
    return switch (failure) {
      case InvalidFile invalid -> {
        console.error(Inert.text(String.valueOf(invalid.getMessage())), "", "");
        yield 2;
      }
      case Unplannable unplannable -> {
        console.error("nothing was done", Inert.text(unplannable.words()), "");
        yield unplannable.outcome().exitCode();
      }
      case UsageError usage -> {
        console.error(usage.what(), usage.why(), usage.fix());
        yield 2;
      }
      case IOException disk -> {
        console.error(
            "a file cannot be read or written",
            disk.getClass().getSimpleName() + ": " + disk.getMessage(),
            "check that the disk has room and that you may write there (XDG_STATE_HOME, --out)");
        yield 5;
      }
      default -> {
        console.error(
            "internal error: " + failure,
            "this is a fault of Faultline",
            "run 'faultline undo' to be sure that nothing is in force, and report what follows");
        failure.printStackTrace(console.err());
        yield 10;
      }
    };
  }
}
