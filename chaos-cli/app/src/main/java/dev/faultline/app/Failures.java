package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.journal.UnreadableJournal;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** What a failed command says, and its exit code. */
final class Failures {

  private Failures() {}

  static int explain(Console console, Exception failure) {
    return switch (failure) {
      case InvalidFile invalid -> {
        console.error(String.valueOf(invalid.getMessage()), "", "");
        yield 2;
      }
      case Unplannable unplannable -> {
        console.error(
            unplannable.outcome() == Outcome.UNDO_NOT_PROVEN
                ? "nothing new was begun, and an earlier run is not undone"
                : "nothing was touched",
            unplannable.words(),
            "");
        yield unplannable.outcome().exitCode();
      }
      case UsageError usage -> {
        console.error(usage.what(), usage.why(), usage.fix());
        yield 2;
      }
      case UnreadableJournal lost -> {
        console.error("the undo of a dead run cannot be proven", words(lost), "");
        yield Outcome.UNDO_NOT_PROVEN.exitCode();
      }
      case IOException disk -> {
        console.error(
            "a file or folder cannot be used",
            words(disk),
            disk instanceof FileSystemException
                ? "make room, or name a place of yours (XDG_STATE_HOME for runs, --out for reports)"
                : "");
        yield Outcome.NOT_READY.exitCode();
      }
      default -> internal(console, failure);
    };
  }

  private static int internal(Console console, Exception failure) {
    console.error(
        "internal error: " + failure,
        "this is a fault of Faultline",
        "run 'faultline undo' to be sure that nothing is in force, and report what follows");
    failure.printStackTrace(console.err().stream());
    return Outcome.INTERNAL_ERROR.exitCode();
  }

  /** What the system said of a file, in words. */
  static String words(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileAlreadyExistsException taken -> taken.getFile() + ": a file has this name";
      case NotDirectoryException file -> file.getFile() + ": not a folder";
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case FileSystemException other ->
          "%s: %s"
              .formatted(
                  other.getFile(),
                  Optional.ofNullable(other.getReason()).orElse(other.getClass().getSimpleName()));
      default -> String.valueOf(failure.getMessage());
    };
  }
}
