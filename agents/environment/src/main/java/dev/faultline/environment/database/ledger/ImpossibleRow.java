package dev.faultline.environment.database.ledger;

/** A row that no writer of the ledger can have written. */
final class ImpossibleRow extends Exception {

  private static final long serialVersionUID = 1;

  ImpossibleRow(int writer, long number) {
    super(
        ("the table has number %d of writer %d, which this ledger never sent: something else writes"
                + " into it, or Faultline counts wrongly; no figure of it can be trusted")
            .formatted(number, writer));
  }
}
