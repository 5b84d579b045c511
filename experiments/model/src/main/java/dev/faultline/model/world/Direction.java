package dev.faultline.model.world;

/** Which way of a link is meant, as seen from the target. */
public enum Direction {
  /** What the target is sent. */
  IN,
  /** What the target sends. */
  OUT,
  /** Either. */
  BOTH
}
