package dev.faultline.environment.database.ledger;

/** Hears what becomes of each write. Called by the writers' threads. */
interface Witness {

  /** A write begins; its number. */
  int sent(int writer);

  /**
   * Its acknowledgement was received.
   *
   * @param timeline of the server that gave it; 0 where not known
   */
  void acknowledged(int writer, long timeline);

  /** It ended in an error or a timeout. */
  void failed(int writer, String error);

  /** A connection was made, or could not be. */
  void reconnected();
}
