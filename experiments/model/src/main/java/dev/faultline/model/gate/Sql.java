package dev.faultline.model.gate;

import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one number that a statement selects: {@code sql: {database: orders, select: "..."}}.
 *
 * <p>It is asked of the primary, in a transaction that may only read.
 *
 * @param database which database of the environment
 * @param select a statement that gives one row of one number
 * @param timeout how long it may take; 5s when absent
 */
public record Sql(String database, String select, Optional<Duration> timeout) implements Signal {

  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Requires a database and a statement. */
  public Sql {
    InvalidValue.required(database, "database");
    InvalidValue.required(select, "select");
    if (select.isBlank()) {
      throw new InvalidValue("select", "'select' is empty: a statement that gives one number");
    }
    timeout.ifPresent(Sql::requireBounded);
  }

  /** A server takes a timeout of less than a millisecond for none. */
  private static void requireBounded(Duration timeout) {
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new InvalidValue("timeout", "'timeout' must be from 10ms to 1m");
    }
  }

  @Override
  public List<Query> queries() {
    return List.of(new Query.SqlNumber(database, select, patience()));
  }

  /** How long it may take. */
  public Duration patience() {
    return timeout.orElse(Duration.ofSeconds(5));
  }

  @Override
  public Reading read(List<Answer> answers) {
    return switch (answers.getFirst()) {
      case Answer.Numeric number -> Reading.of(number.value());
      case Answer.Unanswered none -> new Reading.Blind(none.reason(), none.detail());
      default -> SeriesReading.malformed(answers.getFirst());
    };
  }

  @Override
  public Duration window() {
    return Duration.ZERO;
  }

  @Override
  public Set<Unit> units() {
    return EnumSet.allOf(Unit.class);
  }

  @Override
  public String words() {
    return select;
  }
}
