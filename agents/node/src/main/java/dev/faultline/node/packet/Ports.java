package dev.faultline.node.packet;

/**
 * Ports of TCP or UDP, from the first to the last.
 *
 * @param first 1 to 65535
 * @param last not below the first, at most 65535
 */
public record Ports(int first, int last) {

  /**
   * @throws IllegalArgumentException when they are not ports in order
   */
  public Ports {
    if (first < 1 || last > 65_535 || first > last) {
      throw new IllegalArgumentException("not ports from 1 to 65535: " + first + "-" + last);
    }
  }

  /** A single one. */
  public static Ports of(int port) {
    return new Ports(port, port);
  }

  /**
   * Reads {@code 80} or {@code 8000-8010}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Ports parse(String text) {
    int dash = text.indexOf('-');
    try {
      return dash < 0
          ? of(Integer.parseInt(text))
          : new Ports(
              Integer.parseInt(text.substring(0, dash)),
              Integer.parseInt(text.substring(dash + 1)));
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("not ports: '" + text + "'", noNumber);
    }
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
