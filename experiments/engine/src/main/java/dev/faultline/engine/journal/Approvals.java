package dev.faultline.engine.journal;

import dev.faultline.model.codec.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What people said of the steps of a run: a file for each in the run's folder, which only its user
 * may write to. Thread-safe, also among processes.
 *
 * @param folder of the run
 * @param afterBreach whether they let it go on after a breach: what was said of a step before it
 *     was breached says nothing of the breach
 */
public record Approvals(RunFolder folder, boolean afterBreach) {

  /** What was said of the steps that ask for it. */
  public Approvals(RunFolder folder) {
    this(folder, false);
  }

  /** What was said of breaches. */
  public Approvals ofBreaches() {
    return new Approvals(folder, true);
  }

  /**
   * That a run goes on.
   *
   * @param by who says so
   * @param why what he adds; may be empty
   */
  public record Approval(String by, String why) {}

  /** Says that a run goes on from a step, counted from 0. */
  public void give(int step, Approval approval) throws IOException {
    Path whole =
        Files.createTempFile(
            folder.path(),
            "approval",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Path _ = Files.writeString(whole, Codec.json().writeValueAsString(approval));
    Path _ = Files.move(whole, file(step), StandardCopyOption.ATOMIC_MOVE);
  }

  /** What was said of a step; nothing, where a file cannot be read: that is no approval. */
  public Optional<Approval> of(int step) {
    try {
      return Optional.of(
          (Approval) Codec.whole(Approval.class).readValue(Files.readString(file(step))));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | JacksonException unreadable) {
      return Optional.empty();
    }
  }

  private Path file(int step) {
    return folder
        .path()
        .resolve((afterBreach ? "breach-%d.json" : "approval-%d.json").formatted(step + 1));
  }
}
