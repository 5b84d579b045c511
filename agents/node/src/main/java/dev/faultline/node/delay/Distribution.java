package dev.faultline.node.delay;

/** How jitter is spread around a delay. */
public enum Distribution {
  /** Evenly, from the delay less the jitter to the delay and the jitter. */
  UNIFORM,
  /** As a bell curve; the jitter is its standard deviation. */
  NORMAL,
  /** With a long tail: mostly a little less than the delay, seldom much more. */
  PARETO
}
