package dev.faultline.node.relay;

/** A direction of a connection. */
public enum Way {
  /** What clients send. */
  TO_TARGET,
  /** What the server sends. */
  FROM_TARGET
}
