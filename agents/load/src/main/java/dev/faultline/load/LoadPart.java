package dev.faultline.load;

/**
 * Which requests of a load are sent here: each {@code of}-th, so that several senders together send
 * exactly all of them, and none at the moment of another.
 *
 * @param index 0 to {@code of} - 1
 * @param of how many senders there are
 */
public record LoadPart(int index, int of) {

  /** All of them. */
  public static final LoadPart WHOLE = new LoadPart(0, 1);

  /**
   * @throws IllegalArgumentException when there is no such part
   */
  public LoadPart {
    if (of < 1 || index < 0 || index >= of) {
      throw new IllegalArgumentException("not a part: %d of %d".formatted(index, of));
    }
  }

  /** Whether a request is sent here. */
  boolean has(long number) {
    return number % of == index;
  }
}
