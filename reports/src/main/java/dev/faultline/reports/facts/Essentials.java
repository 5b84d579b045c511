package dev.faultline.reports.facts;

import dev.faultline.model.summary.Outage;
import dev.faultline.model.world.LedgerAccount;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The few figures by which runs of one experiment are told apart.
 *
 * @param recovery TTR
 * @param outage RTO
 * @param lost acknowledged writes that are lost
 * @param slow the 99th percentile of the load while faults were in force
 */
public record Essentials(Figure recovery, Figure outage, Figure lost, Figure slow) {

  private static final double PERCENT = 99;

  /**
   * One of them.
   *
   * @param name what it is called
   * @param words as people write it, or why there is none
   * @param value in seconds, or a count; empty where there is none
   */
  public record Figure(String name, String words, Optional<Double> value) {}

  /** What a run says of them. */
  public static Essentials of(Facts facts) {
    return new Essentials(recovery(facts), outage(facts), lost(facts), slow(facts));
  }

  /** All of them, in the order of reading. */
  public List<Figure> all() {
    return List.of(recovery, outage, lost, slow);
  }

  // Nothing to recover from took no time; what was not seen took nobody knows how long.
  private static Figure recovery(Facts facts) {
    Optional<Duration> time = facts.run().figures().timeToRecover();
    boolean unhurt = facts.recovery().unhurt();
    return new Figure(
        "TTR",
        time.map(Spelling::span).orElse(unhurt ? "no impact" : "–"),
        time.map(Essentials::seconds).or(() -> unhurt ? Optional.of(0.0) : Optional.empty()));
  }

  private static Figure outage(Facts facts) {
    Optional<Outage> outage = facts.run().figures().outage();
    if (outage.isEmpty() && facts.run().ledger().isPresent()) {
      return new Figure("RTO", "no outage", Optional.of(0.0));
    }
    return new Figure(
        "RTO",
        facts
            .failover()
            .flatMap(FailoverFacts::outage)
            .map(OutageFacts::recoveryTime)
            .or(() -> outage.flatMap(Outage::recoveryTime).map(Spelling::span))
            .orElse("–"),
        outage.flatMap(Outage::recoveryTime).map(Essentials::seconds));
  }

  private static Figure lost(Facts facts) {
    Optional<LedgerAccount> ledger = facts.run().ledger();
    Optional<Long> count = ledger.flatMap(LedgerAccount::tally).map(LedgerAccount.Tally::lost);
    return new Figure(
        "lost",
        count.map(Spelling::count).orElse(ledger.isPresent() ? "not known" : "–"),
        count.map(Long::doubleValue));
  }

  private static Figure slow(Facts facts) {
    List<LoadFacts.InPart> parts = facts.load().map(LoadFacts::parts).orElse(List.of());
    Optional<LoadFacts.InPart> wanted =
        parts.stream()
            .filter(part -> part.part().name().equals("during"))
            .findFirst()
            .or(() -> parts.stream().findFirst());
    return new Figure(
        "p99",
        wanted.map(part -> part.percentile(PERCENT)).orElse("–"),
        wanted.flatMap(LoadFacts.InPart::latencies).map(all -> seconds(all.percentile(PERCENT))));
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
