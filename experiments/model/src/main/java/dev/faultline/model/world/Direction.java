package dev.faultline.model.world;

/** Which way of a link is meant, as seen from the target. */
public enum Direction {
  /** What the target is sent. */
  IN(" of what is sent there"),
  /** What the target sends. */
  OUT(" of what comes back"),
  /** Either. */
  BOTH("");

  private final String words;

  Direction(String words) {
    this.words = words;
  }

  /** The way in words, to be put behind what is done; nothing for both. */
  public String words() {
    return words;
  }
}
