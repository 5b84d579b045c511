package dev.faultline.node.host;

/**
 * What a {@link HostHolder} measured: cores (the time of so many in the last second) or bytes.
 *
 * @param asked how much is wanted; 0 where that is not known before
 * @param held how much it has
 * @param left how much the machine has left
 */
public record HostReading(double asked, double held, double left) {

  /** Bytes. */
  static HostReading ofBytes(long asked, long held, long left) {
    return new HostReading((double) asked, (double) held, (double) left);
  }

  /** As words of one line. */
  public String text() {
    return asked + " " + held + " " + left;
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static HostReading parse(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != 3) {
      throw new IllegalArgumentException("no reading: " + text);
    }
    return new HostReading(
        Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
  }
}
