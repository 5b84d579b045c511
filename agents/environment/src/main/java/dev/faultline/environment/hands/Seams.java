package dev.faultline.environment.hands;

/**
 * Where an environment can be disturbed because Faultline itself has started it.
 *
 * @param links between its parts
 * @param clocks of its processes
 */
public record Seams(Links links, Clocks clocks) {

  /** Of an environment that others have started. */
  public static final Seams NONE = new Seams(Links.NONE, Clocks.NONE);
}
