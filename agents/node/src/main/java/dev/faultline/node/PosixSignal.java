package dev.faultline.node;

/** A signal that this program sends. The numbers are those of every Linux that Java runs on. */
public enum PosixSignal {
  INT(2),
  KILL(9),
  TERM(15),
  CONT(18),
  STOP(19);

  private final int number;

  PosixSignal(int number) {
    this.number = number;
  }

  /** The number that the kernel knows the signal by. */
  public int number() {
    return number;
  }
}
