package dev.faultline.engine.journal;

import java.io.IOException;

/** Nothing can be read of a journal, so what its run left in force is not known. */
public final class UnreadableJournal extends IOException {

  private static final long serialVersionUID = 1L;

  /** Names the journal, and says what to do. */
  public UnreadableJournal(RunFolder run) {
    super(
        ("%s cannot be read from its first line on, so what that run left in force is not known;"
                + " its fuses withdraw it by themselves; move the file away when nothing is left")
            .formatted(run.journal()));
  }
}
