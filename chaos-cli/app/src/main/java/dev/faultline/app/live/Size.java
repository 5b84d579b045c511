package dev.faultline.app.live;

/** How large a terminal is, in rows and columns; at least one of each. */
public record Size(int rows, int columns) {

  /** What terminals have been since the VT100. */
  public static final Size USUAL = new Size(24, 80);

  /** Refuses what is no terminal. */
  public Size {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("no terminal has %d × %d".formatted(rows, columns));
    }
  }

  /** How many rows a live view may take: two thirds, and one is left for the cursor. */
  int budget() {
    return Math.max(1, Math.min(rows - 2, Math.max(rows * 2 / 3, 8)));
  }

  /** The last column stays free: a line that fills it would wrap on some terminals. */
  int room() {
    return Math.max(1, columns - 1);
  }
}
