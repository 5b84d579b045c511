package dev.faultline.node.packet;

/** Which way a packet goes, seen from the place where the fault is. */
public enum Direction {
  /** To a process of the place. */
  IN,
  /** From a process of the place. */
  OUT
}
