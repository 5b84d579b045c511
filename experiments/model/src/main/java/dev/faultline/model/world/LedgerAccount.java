package dev.faultline.model.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of the numbered writes of a ledger.
 *
 * <p>It proves what a client can prove: that a write whose acknowledgement was received is, or is
 * not, what a reader of the present primary sees. A process that is killed loses what was in its
 * memory; what a loss of power takes from disks that lied is not seen by it.
 *
 * @param database which database
 * @param writers how many writers
 * @param began when they began
 * @param at the moment that the account speaks of
 * @param attempted writes that were sent
 * @param acknowledged writes whose acknowledgement was received
 * @param failed writes that ended with an error or a timeout; their fate is not known
 * @param overlapping writes that a primary acknowledged after a primary of a later timeline had
 *     acknowledged one: the proof of a split brain
 * @param tally what was found when it was read back; empty when it was not, or could not be
 * @param unread why it could not be read back; empty when it was
 * @param gaps times without acknowledgements, by writer, in order; at most a few hundred, the
 *     longest
 * @param seconds acknowledgements and failures by second
 */
public record LedgerAccount(
    String database,
    int writers,
    Instant began,
    Instant at,
    long attempted,
    long acknowledged,
    long failed,
    long overlapping,
    Optional<Tally> tally,
    String unread,
    List<Gap> gaps,
    List<Second> seconds) {

  /** Keeps the lists unchangeable. */
  public LedgerAccount {
    gaps = List.copyOf(gaps);
    seconds = List.copyOf(seconds);
  }

  /**
   * What was found in the table.
   *
   * @param present rows that bear a number of this ledger
   * @param lost acknowledged and not there
   * @param oldestLost of the lost ones, the longest time from an acknowledgement until the first
   *     write after it that failed was sent, of any writer: how far back the loss goes; zero when
   *     nothing was lost
   * @param unknown there and not acknowledged
   * @param duplicated numbers that are there more than once
   * @param reordered numbers that stand before a smaller one of the same writer
   */
  public record Tally(
      long present,
      long lost,
      Duration oldestLost,
      long unknown,
      long duplicated,
      long reordered) {}

  /**
   * A time in which a writer got no acknowledgement: at least one of its writes failed in it, or it
   * was a second longer than the writer's pace.
   *
   * @param writer from 0
   * @param lastAcknowledged the acknowledgement before it; of the beginning where there was none
   * @param firstFailed when the first write in it that failed was sent; empty when none did
   * @param nextAcknowledged the acknowledgement that ended it; empty while it lasts
   * @param error of the first failed write, in words, without secrets; empty when none failed
   */
  public record Gap(
      int writer,
      Instant lastAcknowledged,
      Optional<Instant> firstFailed,
      Optional<Instant> nextAcknowledged,
      String error) {

    /** How long it was, or is at this moment. */
    public Duration length(Instant now) {
      return Duration.between(lastAcknowledged, nextAcknowledged.orElse(now));
    }
  }

  /** One second of it. */
  public record Second(Instant at, long acknowledged, long failed) {}

  /** The longest time in which a writer got no acknowledgement; zero when there was none. */
  public Duration longestGap() {
    return gaps.stream().map(gap -> gap.length(at)).max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
