package dev.faultline.environment.notice;

/** Why somebody could not be told; holds no secret. */
final class Untold extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean lasting;

  private Untold(String words, boolean lasting) {
    super(words);
    this.lasting = lasting;
  }

  /** Another try may go well. */
  static Untold now(String words) {
    return new Untold(words, false);
  }

  /** No other try would go well. */
  static Untold ever(String words) {
    return new Untold(words, true);
  }

  boolean isLasting() {
    return lasting;
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
