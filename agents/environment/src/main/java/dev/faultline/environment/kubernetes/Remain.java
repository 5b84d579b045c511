package dev.faultline.environment.kubernetes;

/**
 * Something of a run that was found in a cluster, and what became of it.
 *
 * @param run whose it is; empty where that is not known
 * @param what such as {@code deployment web in shop}
 * @param words what was done or why not, and what to do then
 */
public record Remain(String run, String what, State state, String words) {

  /** How it stands. */
  public enum State {
    /** It was taken back, and that was seen. */
    UNDONE,
    /** Somebody else changed it meanwhile: that was left alone, and our mark is gone. */
    SUPERSEDED,
    /** Its run is on, and was left alone. */
    ALIVE,
    /** It is not asked for with these rights, and not of what was named. */
    UNSEEN,
    /** It is there still, or that is not known. */
    LEFT
  }
}
