package dev.faultline.environment.database.ledger;

/** Why a ledger could not be read back. */
public final class Unread extends Exception {

  private static final long serialVersionUID = 1;

  /** Says why in words. */
  public Unread(String words) {
    super(words);
  }
}
