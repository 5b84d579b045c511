package dev.faultline.environment.database.ledger;

import dev.faultline.model.world.Answer.Owner;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the ledger of one run is kept in a database: a place that bears the run's mark.
 * Thread-safe; every call is bounded by its time.
 */
public interface LedgerStore {

  /** What it fills, in words, such as {@code table faultline_ledger}. */
  String place();

  /** Whose the place is. */
  Owner owner(Duration within) throws StoreTrouble;

  /**
   * Makes and marks the place, or does nothing.
   *
   * @throws NotOurs when it is somebody's already
   * @throws StoreTrouble when it was not made, save where the answer was lost
   */
  void make(Duration within) throws StoreTrouble, NotOurs;

  /**
   * Removes the place if it bears the run's mark; what the run's writers have still under way comes
   * to nothing.
   *
   * @return whose it was
   */
  Owner drop(Duration within) throws StoreTrouble;

  /**
   * What one writer writes by, over a way of its own to the database.
   *
   * @param writer from 0
   * @param patience how long the way, and each write on it, may take
   * @throws StoreTrouble when there is no way
   */
  Pen pen(int writer, Duration patience) throws StoreTrouble;

  /** Looks at the place, at whichever node speaks for the database now. */
  Reading read(Within within) throws StoreTrouble, Unread;

  /** One writer's way. Used by one thread, save for {@link #cancel} and {@link #abort}. */
  interface Pen extends AutoCloseable {

    /** Makes ready for the first write. */
    void begin() throws StoreTrouble;

    /**
     * The timeline of the server that acknowledges; 0 where there is none or it is not known. Asked
     * after {@link #begin}.
     */
    long timeline();

    /** Writes a number; why it was not acknowledged, in words, if it was not. */
    Optional<String> write(int number);

    /**
     * Asks the server to end the write under way, so that it is not held for ever. By any thread.
     */
    void cancel() throws StoreTrouble;

    /** Gives up the write under way, and the way. By any thread. */
    void abort() throws StoreTrouble;

    @Override
    void close() throws StoreTrouble;
  }

  /** What is there, seen once. Used by one thread. */
  interface Reading extends AutoCloseable {

    /** The timeline of the server that answers; 0 where there is none or it is not known. */
    long timeline();

    /** Whose the place is. */
    Owner owner() throws StoreTrouble, Unread;

    /** As long as this is the same, what was told once need not be told again. */
    String server() throws StoreTrouble;

    /** Tells all that is there and was not told before. */
    void tell(Found found) throws StoreTrouble, Unread, ImpossibleRow;

    @Override
    void close() throws StoreTrouble;
  }
}
