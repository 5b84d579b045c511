package dev.faultline.reports.findings;

import java.util.Locale;

/**
 * One thing that a run showed and that somebody could change.
 *
 * @param kind what it speaks of
 * @param severity how much it matters
 * @param title what was seen, with its figures, in one sentence without a full stop
 * @param evidence what shows it, in one sentence without a full stop
 * @param advice what to change, naming the setting, in one sentence without a full stop
 */
public record Finding(Kind kind, Severity severity, String title, String evidence, String advice) {

  /** How much a finding matters; declared from the weightiest to the lightest. */
  public enum Severity {
    /** Data or service was lost, or nobody knows. */
    SEVERE,
    /** It cost time, or will cost something next time. */
    NOTABLE,
    /** Worth knowing. */
    MINOR;

    /** The severity as people write it. */
    public String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What findings speak of. */
  public enum Kind {
    /** Acknowledged writes are lost. */
    LOST_WRITES,
    /** Two primaries acknowledged. */
    SPLIT_BRAIN,
    /** The writes could not be counted. */
    UNREAD_LEDGER,
    /** Not every writer came back. */
    NO_RETURN,
    /** Numbers are there twice. */
    DUPLICATES,
    /** Numbers stand in the wrong order. */
    REORDERED,
    /** Most of the outage was spent until the system noticed. */
    DETECTION,
    /** Much of the outage was spent on choosing a successor. */
    ELECTION,
    /** Much of the outage was spent until the successor took writes. */
    PROMOTION,
    /** Clients were late on a database that was ready. */
    RECONNECTION,
    /** Some writers were back much later than others. */
    SLOW_WRITER,
    /** No standby followed before the fault. */
    STANDBY_BEFORE,
    /** No standby follows at the end. */
    STANDBY_AFTER,
    /** Replication is less safe at the end than it was. */
    SAFETY_AFTER,
    /** Nothing was lost, and nothing would have kept it from being. */
    LUCK,
    /** Writes are there that nobody was told of. */
    UNKNOWN_WRITES,
    /** Retries multiplied the calls. */
    RETRY_STORM,
    /** A breaker opened and closed again. */
    BREAKER,
    /** A breaker opened and did not close. */
    BREAKER_STUCK,
    /** A breaker did not open. */
    BREAKER_CLOSED,
    /** A fallback answered. */
    FALLBACK,
    /** A fallback did not answer. */
    NO_FALLBACK,
    /** A gate left its bound, and not for long enough to count. */
    NEAR_MISS,
    /** Requests slowed while none failed. */
    SLOWED,
    /** Requests are slower at the end than before the fault. */
    NOT_BACK;

    /** The kind as programs read it. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
