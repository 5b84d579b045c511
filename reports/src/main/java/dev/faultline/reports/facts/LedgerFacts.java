package dev.faultline.reports.facts;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What became of the numbered writes.
 *
 * @param account what was counted
 * @param began when the run began, by the wall clock that the account speaks in
 * @param timelines whether its database may have timelines, by which overlapping writes are counted
 */
public record LedgerFacts(LedgerAccount account, Instant began, boolean timelines) {

  /**
   * One figure of the account.
   *
   * @param alarming whether it should not be so
   * @param meaning what it says, in half a sentence
   */
  public record Count(String name, String value, boolean alarming, String meaning) {}

  /** The account of a run that has one. */
  public static Optional<LedgerFacts> of(RunSummary run) {
    return run.ledger()
        .map(account -> new LedgerFacts(account, run.began(), timelines(run, account.database())));
  }

  /** A database that was seen, and no node of it with a timeline, has none or does not tell. */
  private static boolean timelines(RunSummary run, String database) {
    List<DatabaseState.Node> seen =
        run.databases().stream()
            .filter(look -> look.what().database().equals(database))
            .flatMap(look -> look.what().state().nodes().stream())
            .toList();
    return seen.isEmpty() || seen.stream().anyMatch(node -> node.timeline().isPresent());
  }

  /** A moment of the account, since the start of the run. */
  public Duration elapsed(Instant at) {
    return Duration.between(began, at);
  }

  /** Acknowledged writes that are lost, or that it is not known. */
  public String lost() {
    return account.tally().map(tally -> Spelling.count(tally.lost())).orElse("not known");
  }

  /** How many were acknowledged, in words. */
  public String acknowledged() {
    return Spelling.count(account.acknowledged());
  }

  /** How far back the loss goes, or what stands in its place. */
  public String age() {
    return account
        .tally()
        .map(tally -> tally.lost() == 0 ? "nothing was lost" : age(tally))
        .orElseGet(() -> "the table could not be read back: " + account.unread());
  }

  private static String age(Tally tally) {
    return "the oldest was %s old".formatted(Spelling.span(tally.oldestLost()));
  }

  /** Whether writes that were acknowledged are lost. */
  public boolean lossy() {
    return account.tally().map(tally -> tally.lost() > 0).orElse(false);
  }

  /** Every figure, the weightiest first. */
  public List<Count> counts() {
    return List.of(
        tallied("lost", Tally::lost, "acknowledged, and not there afterwards: this is the RPO"),
        new Count(
            "overlapping",
            timelines ? Spelling.count(account.overlapping()) : "not counted",
            account.overlapping() > 0,
            "acknowledged by an old primary after a new one had acknowledged: a split brain"),
        tallied("duplicated", Tally::duplicated, "numbers that are there more than once"),
        tallied("reordered", Tally::reordered, "numbers that stand before a smaller one"),
        new Count(
            "unknown",
            account.tally().map(tally -> Spelling.count(tally.unknown())).orElse("not known"),
            false,
            "there, and never acknowledged: a client that repeats them writes them twice"),
        new Count(
            "failed",
            Spelling.count(account.failed()),
            false,
            "ended with an error or a timeout; their fate was not told"),
        new Count("acknowledged", acknowledged(), false, "the database promised to keep them"));
  }

  private Count tallied(String name, ToLongFunction<Tally> figure, String meaning) {
    return new Count(
        name,
        account.tally().map(tally -> Spelling.count(figure.applyAsLong(tally))).orElse("not known"),
        account.tally().map(tally -> figure.applyAsLong(tally) > 0).orElse(false),
        meaning);
  }
}
