package dev.faultline.node;

/** What came of sending a signal. */
public sealed interface SignalResult {

  /** The kernel accepted the signal for the process that was meant. */
  record Sent() implements SignalResult {}

  /** The process that was meant no longer exists; nothing was signalled. */
  record Gone() implements SignalResult {}

  /** The process exists and the signal could not be sent; {@code message} says why. */
  record Denied(String message) implements SignalResult {}
}
