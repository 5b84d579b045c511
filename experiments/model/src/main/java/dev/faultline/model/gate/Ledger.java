package dev.faultline.model.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What the experiment's ledger accounts for: {@code ledger: lost}, {@code ledger: outage}.
 *
 * <p>What was lost can only be told while the database can be read; until then the gate is blind.
 *
 * @param read which figure
 */
public record Ledger(Figure read) implements Signal {

  private static final Duration WITHIN = Duration.ofSeconds(10);

  /** A tally may be so old that looks a second apart do not read the table each time. */
  private static final Duration TALLY_AGE = Duration.ofSeconds(2);

  private static final int RATE_SECONDS = 5;

  /** Figures of a ledger. */
  public enum Figure {
    /** Writes that were acknowledged and are not there. */
    LOST,
    /** How far back the loss goes. */
    LOST_AGE,
    /** Writes that are there and were not acknowledged. */
    UNKNOWN,
    /** Numbers that are there more than once. */
    DUPLICATED,
    /** Numbers that stand before a smaller one of the same writer. */
    REORDERED,
    /** Writes acknowledged by an old primary beside a new one. */
    OVERLAPPING,
    /** The longest time in which a writer got no acknowledgement. */
    OUTAGE,
    /** Acknowledged writes per second. */
    RATE;

    private String word() {
      return this == LOST_AGE ? "lostAge" : name().toLowerCase(Locale.ROOT);
    }
  }

  /** Requires a figure. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Ledger {
    InvalidValue.required(read, "read");
  }

  /** Reads the figure alone. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Ledger of(String read) {
    return Arrays.stream(Figure.values())
        .filter(figure -> figure.word().equals(read))
        .findFirst()
        .map(Ledger::new)
        .orElseThrow(
            () ->
                new InvalidValue(
                    Words.unknown(
                        "figure",
                        read,
                        Arrays.stream(Figure.values()).map(Figure::word).toList())));
  }

  @Override
  public List<Query> queries() {
    Optional<Duration> tallied = isTallied() ? Optional.of(TALLY_AGE) : Optional.empty();
    return List.of(new Query.LedgerStatus(WITHIN, tallied));
  }

  private boolean isTallied() {
    return switch (read) {
      case LOST, LOST_AGE, UNKNOWN, DUPLICATED, REORDERED -> true;
      case OVERLAPPING, OUTAGE, RATE -> false;
    };
  }

  /** Whether a figure that is out of its bound stays so: what is lost does not come back. */
  @Override
  public boolean onlyGrows() {
    return read != Figure.RATE && read != Figure.UNKNOWN;
  }

  @Override
  public Reading read(List<Answer> answers) {
    return switch (answers.getFirst()) {
      case Answer.LedgerIs is -> figure(is.account());
      case Answer.Unanswered none -> new Reading.Blind(none.reason(), none.detail());
      default -> SeriesReading.malformed(answers.getFirst());
    };
  }

  private Reading figure(LedgerAccount account) {
    return switch (read) {
      case LOST -> tally(account, LedgerAccount.Tally::lost);
      case LOST_AGE -> tally(account, tally -> seconds(tally.oldestLost()));
      case UNKNOWN -> tally(account, LedgerAccount.Tally::unknown);
      case DUPLICATED -> tally(account, LedgerAccount.Tally::duplicated);
      case REORDERED -> tally(account, LedgerAccount.Tally::reordered);
      case OVERLAPPING -> new Reading.Value(account.overlapping());
      case OUTAGE -> new Reading.Value(seconds(account.longestGap()));
      case RATE -> rate(account.seconds());
    };
  }

  private static Reading tally(
      LedgerAccount account, ToDoubleFunction<LedgerAccount.Tally> figure) {
    return account
        .tally()
        .<Reading>map(tally -> new Reading.Value(figure.applyAsDouble(tally)))
        .orElseGet(() -> new Reading.Blind(BlindReason.UNREACHABLE, account.unread()));
  }

  private static Reading rate(List<LedgerAccount.Second> seconds) {
    List<LedgerAccount.Second> newest =
        seconds.subList(Math.max(0, seconds.size() - RATE_SECONDS), seconds.size());
    return newest.isEmpty()
        ? new Reading.Blind(BlindReason.NO_DATA, "no second of the ledger is complete yet")
        : new Reading.Value(
            newest.stream().mapToLong(LedgerAccount.Second::acknowledged).average().orElse(0));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  @Override
  public Duration window() {
    return isTallied() || read == Figure.RATE ? Duration.ofSeconds(RATE_SECONDS) : Duration.ZERO;
  }

  @Override
  public Set<Unit> units() {
    return switch (read) {
      case LOST, UNKNOWN, DUPLICATED, REORDERED, OVERLAPPING -> Set.of(Unit.NUMBER);
      case LOST_AGE, OUTAGE -> Set.of(Unit.SECONDS);
      case RATE -> Set.of(Unit.PER_SECOND);
    };
  }

  @Override
  public String words() {
    return "ledger " + read.word();
  }
}
