package dev.faultline.reports.json;

import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Tally;
import dev.faultline.reports.facts.FailoverFacts;
import dev.faultline.reports.facts.LedgerFacts;
import dev.faultline.reports.facts.NodeFacts;
import dev.faultline.reports.facts.OutageFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a failover cost.
 *
 * @param outage left out when no write failed
 * @param ledger left out when it was not accounted for
 */
public record FailoverPart(
    Optional<OutagePart> outage, Optional<LedgerPart> ledger, List<DatabasePart> databases) {

  /**
   * When no writer that the failure hit got an acknowledgement.
   *
   * @param recoveryTimeSeconds first successful write − first failed write (RTO)
   * @param everyWriterBackSeconds until every writer was back
   */
  public record OutagePart(
      double firstFailedAtSeconds,
      Optional<Double> firstBackAtSeconds,
      Optional<Double> allBackAtSeconds,
      Optional<Double> recoveryTimeSeconds,
      Optional<Double> everyWriterBackSeconds,
      List<WaitPart> waits) {
    static OutagePart of(OutageFacts facts) {
      return new OutagePart(
          Seconds.of(facts.outage().firstFailed()),
          Seconds.of(facts.outage().firstBack()),
          Seconds.of(facts.outage().allBack()),
          Seconds.of(facts.outage().recoveryTime()),
          Seconds.of(facts.outage().slowest()),
          facts.stretches().stream()
              .map(
                  part ->
                      new WaitPart(
                          part.name(),
                          Seconds.of(part.from()),
                          Seconds.of(part.to()),
                          Seconds.of(part.length()),
                          part.evidence()))
              .toList());
    }
  }

  /** What was waited for. */
  public record WaitPart(
      String part, double fromSeconds, double toSeconds, double lengthSeconds, String evidence) {}

  /** What became of the numbered writes; what the table says is left out when it was not read. */
  public record LedgerPart(
      String database,
      int writers,
      long attempted,
      long acknowledged,
      long failed,
      long overlapping,
      Optional<TallyPart> found,
      Optional<String> unread,
      List<GapPart> gaps,
      List<SecondPart> seconds) {
    static LedgerPart of(LedgerFacts facts) {
      LedgerAccount account = facts.account();
      return new LedgerPart(
          account.database(),
          account.writers(),
          account.attempted(),
          account.acknowledged(),
          account.failed(),
          account.overlapping(),
          account.tally().map(TallyPart::of),
          account.tally().isPresent() ? Optional.empty() : Optional.of(account.unread()),
          account.gaps().stream().map(gap -> GapPart.of(facts, gap)).toList(),
          account.seconds().stream()
              .map(
                  second ->
                      new SecondPart(
                          Seconds.of(facts.elapsed(second.at())),
                          second.acknowledged(),
                          second.failed()))
              .toList());
    }
  }

  /** What was found in the table; lost writes are the RPO. */
  public record TallyPart(
      long present,
      long lost,
      double oldestLostSeconds,
      long unknown,
      long duplicated,
      long reordered) {
    static TallyPart of(Tally tally) {
      return new TallyPart(
          tally.present(),
          tally.lost(),
          Seconds.of(tally.oldestLost()),
          tally.unknown(),
          tally.duplicated(),
          tally.reordered());
    }
  }

  /** A time of one writer without an acknowledgement. */
  public record GapPart(
      int writer,
      double lastAcknowledgedAtSeconds,
      Optional<Double> firstFailedAtSeconds,
      Optional<Double> nextAcknowledgedAtSeconds,
      String error) {
    static GapPart of(LedgerFacts facts, LedgerAccount.Gap gap) {
      return new GapPart(
          gap.writer(),
          Seconds.of(facts.elapsed(gap.lastAcknowledged())),
          Seconds.of(gap.firstFailed().map(facts::elapsed)),
          Seconds.of(gap.nextAcknowledged().map(facts::elapsed)),
          gap.error());
    }
  }

  /** One second of the writes. */
  public record SecondPart(double atSeconds, long acknowledged, long failed) {}

  /** One database before the first fault and at the end. */
  public record DatabasePart(String name, StatePart before, Optional<StatePart> after) {
    static DatabasePart of(NodeFacts facts) {
      return new DatabasePart(
          facts.database(), StatePart.of(facts.before()), facts.after().map(StatePart::of));
    }
  }

  /** How it stood. */
  public record StatePart(List<NodePart> nodes, Map<String, String> settings) {
    static StatePart of(DatabaseState state) {
      return new StatePart(
          state.nodes().stream().map(NodePart::of).toList(), new TreeMap<>(state.settings()));
    }
  }

  /** One node of it. */
  public record NodePart(
      String name,
      String role,
      Optional<Long> timeline,
      boolean streaming,
      Optional<Long> lagBytes,
      String detail) {
    static NodePart of(DatabaseState.Node node) {
      return new NodePart(
          node.name(),
          Seconds.word(node.role()),
          node.timeline(),
          node.streaming(),
          node.lag(),
          node.detail());
    }
  }

  static FailoverPart of(FailoverFacts facts) {
    return new FailoverPart(
        facts.outage().map(OutagePart::of),
        facts.ledger().map(LedgerPart::of),
        facts.databases().stream().map(DatabasePart::of).toList());
  }
}
