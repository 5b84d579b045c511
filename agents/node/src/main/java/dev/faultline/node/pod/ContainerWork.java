package dev.faultline.node.pod;

import dev.faultline.node.PosixSignal;
import java.util.Locale;
import java.util.Optional;

/** What is done to the processes of a container. */
public enum ContainerWork {
  /** All that it has stand still, as long as it is wanted. */
  FREEZE(Optional.empty()),
  /** Its first process gets SIGKILL, once. */
  KILL(Optional.of(PosixSignal.KILL)),
  /** Its first process gets SIGTERM, once. */
  TERM(Optional.of(PosixSignal.TERM)),
  /** Its first process gets SIGINT, once. */
  INT(Optional.of(PosixSignal.INT));

  private final Optional<PosixSignal> signal;

  ContainerWork(Optional<PosixSignal> signal) {
    this.signal = signal;
  }

  /** The signal that is sent; empty where what is done lasts. */
  Optional<PosixSignal> signal() {
    return signal;
  }

  /** As orders have it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The work of that word.
   *
   * @throws IllegalArgumentException when there is none
   */
  static ContainerWork of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
