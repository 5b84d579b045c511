package dev.faultline.gameday.calendar;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text is no calendar that can be taken at its word. */
public final class UnreadableCalendar extends Exception {

  private static final long serialVersionUID = 1L;

  private final @Nullable Integer line;

  /** A refusal of a line, counted from 1, or of the whole. */
  UnreadableCalendar(@Nullable Integer line, String problem) {
    super(problem);
    this.line = line;
  }

  /** The line, counted from 1, where it is known. */
  public Optional<Integer> line() {
    return Optional.ofNullable(line);
  }
}
