package dev.faultline.environment.database.ledger;

/** A row that no writer of the ledger can have written. */
public final class ImpossibleRow extends Exception {

  private static final long serialVersionUID = 1;

  /** Names the row. */
  public ImpossibleRow(int writer, long number) {
    super(
        ("there is number %d of writer %d, which this ledger never sent: something else writes"
                + " into it, or Faultline counts wrongly; no figure of it can be trusted")
            .formatted(number, writer));
  }
}
