package dev.faultline.model.environment;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.Optional;

/**
 * Numbered writes during a whole run, each acknowledgement kept on our side, so that what was lost
 * can be counted afterwards.
 *
 * <p>Each writer has a connection of its own and one write under way at a time; every write is a
 * transaction of its own. Writers keep the rate together, and are slower where the database is.
 *
 * @param database which database of the environment
 * @param writers from 1 to 256; 4 when absent
 * @param rate writes per second of all writers together, above 0/s and at most 100000/s; 100/s when
 *     absent
 * @param onError whether a writer whose write failed repeats its number or goes on; {@code next}
 *     when absent
 * @param timeout how long a write or a connection may take, from 100ms to 1m; 2s when absent
 */
public record Ledger(
    String database,
    Optional<Integer> writers,
    Optional<Quantity> rate,
    Optional<OnError> onError,
    Optional<Duration> timeout) {

  private static final int MOST_WRITERS = 256;
  private static final double MOST_PER_SECOND = 100_000;
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

  /** What a writer does after a write that failed, whose fate it does not know. */
  public enum OnError {
    /** Goes on with the next number. */
    NEXT,
    /** Writes the same number again, as a client that retries does; it may then be there twice. */
    RETRY
  }

  /** Requires a database, and numbers within their ranges. */
  public Ledger {
    InvalidValue.required(database, "database");
    if (writers.isPresent() && (writers.get() < 1 || writers.get() > MOST_WRITERS)) {
      throw new InvalidValue("writers", "'writers' must be from 1 to %d".formatted(MOST_WRITERS));
    }
    if (rate.isPresent() && rate.get().unit() != Unit.PER_SECOND) {
      throw new InvalidValue("rate", "'%s' is not a rate; write it as 200/s".formatted(rate.get()));
    }
    if (rate.isPresent() && (rate.get().value() <= 0 || rate.get().value() > MOST_PER_SECOND)) {
      throw new InvalidValue("rate", "the rate must be above 0/s and at most 100000/s");
    }
    if (timeout.isPresent()
        && (timeout.get().compareTo(SHORTEST_TIMEOUT) < 0
            || timeout.get().compareTo(LONGEST_TIMEOUT) > 0)) {
      throw new InvalidValue("timeout", "'timeout' must be from 100ms to 1m");
    }
  }

  /** How many writers there are. */
  public int writerCount() {
    return writers.orElse(4);
  }

  /** Writes per second of all writers together. */
  public double perSecond() {
    return rate.map(Quantity::value).orElse(100.0);
  }

  /** How long a write or a connection may take. */
  public Duration patience() {
    return timeout.orElse(Duration.ofSeconds(2));
  }

  /** Whether a write that failed is repeated. */
  public boolean retries() {
    return onError.orElse(OnError.NEXT) == OnError.RETRY;
  }
}
