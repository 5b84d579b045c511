package dev.faultline.node;

/** What a lease file says at one moment. */
public sealed interface LeaseState {

  /** Its holder has renewed it {@code counter} times, and counts on. */
  record Held(long counter) implements LeaseState {}

  /** Its holder has given it back: there is nothing left to undo. */
  record Released() implements LeaseState {}

  /** There is no such file. */
  record Missing() implements LeaseState {}

  /** The file is there and tells nothing, for this reason; it may do so at the next look. */
  record Unreadable(String reason) implements LeaseState {}
}
