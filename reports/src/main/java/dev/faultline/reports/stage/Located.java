package dev.faultline.reports.stage;

/**
 * A place in a file.
 *
 * @param file the file, from the root of the checkout where it is below that, with slashes
 * @param line counted from 1
 * @param column counted from 1, in characters as a person counts them
 */
public record Located(String file, int line, int column) {

  /** Refuses places that are none. */
  public Located {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("%d:%d is no place in a file".formatted(line, column));
    }
  }

  /** The file as a whole. */
  public static Located whole(String file) {
    return new Located(file, 1, 1);
  }

  /** Such as {@code chaos/orders.yaml:12:5}. */
  public String words() {
    return "%s:%d:%d".formatted(file, line, column);
  }
}
