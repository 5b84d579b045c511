package dev.faultline.environment.database.ledger;

/** Why the table of a ledger could not be read back. */
final class Unread extends Exception {

  private static final long serialVersionUID = 1;

  Unread(String words) {
    super(words);
  }
}
