package dev.faultline.policy;

/** Why it cannot be said whether a rule holds. */
final class Undecided extends Exception {
  private static final long serialVersionUID = 1;

  Undecided(String words) {
    super(words);
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
