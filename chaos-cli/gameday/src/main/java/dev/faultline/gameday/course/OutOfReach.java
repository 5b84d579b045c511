package dev.faultline.gameday.course;

import java.io.IOException;

/** What becomes of game days can neither be read nor kept now; that may change. */
public final class OutOfReach extends IOException {

  private static final long serialVersionUID = 1;

  /** The reason, in a sentence without its end. */
  public OutOfReach(String words) {
    super(words);
  }
}
