package dev.faultline.judge.sequential;

/** Whether traffic is split as it was asked for. */
public enum Obedience {
  /** The share is surely near enough. */
  FOLLOWS,
  /** Too little traffic was seen to say. */
  UNKNOWN,
  /** The share is surely too far off. */
  STRAYS
}
