package dev.faultline.reports.facts;

import dev.faultline.model.summary.Outage;
import dev.faultline.model.summary.Outage.Part;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An outage, and what was waited for in it.
 *
 * @param outage as the writers of the ledger saw it
 * @param end the end of what is known of it
 */
public record OutageFacts(Outage outage, Duration end) {

  /**
   * One part of it.
   *
   * @param name what was waited for, in a word
   * @param evidence what shows its end
   */
  public record Stretch(Part part, String name, Duration from, Duration to, String evidence) {

    private static Stretch of(Outage.Wait wait) {
      return new Stretch(wait.part(), word(wait.part()), wait.from(), wait.to(), wait.evidence());
    }

    /** How long it took. */
    public Duration length() {
      return to.minus(from);
    }

    /** How long it took, in words. */
    public String lasted() {
      return Spelling.span(length());
    }

    /** When it ended. */
    public String ended() {
      return Spelling.at(to);
    }

    /** What it spans. */
    public String definition() {
      return switch (part) {
        case DETECTION -> "from the fault until the system noticed it";
        case ELECTION -> "until a successor was chosen, and the old primary fenced";
        case PROMOTION -> "until the successor took writes";
        case RECONNECTION -> "until the first client had an acknowledgement";
      };
    }
  }

  private static String word(Part part) {
    return switch (part) {
      case DETECTION -> "detection";
      case ELECTION -> "election";
      case PROMOTION -> "promotion";
      case RECONNECTION -> "reconnection";
    };
  }

  /** The parts that were seen, in order. */
  public List<Stretch> stretches() {
    return outage.waits().stream().map(Stretch::of).toList();
  }

  /** The parts in a line, such as {@code detection 3.1 s, promotion 301 ms}. */
  public String words() {
    return String.join(
        ", ", stretches().stream().map(part -> part.name() + " " + part.lasted()).toList());
  }

  /** From the first failed write to the first successful one, or at least how long. */
  public String recoveryTime() {
    return outage
        .recoveryTime()
        .map(Spelling::span)
        .orElseGet(() -> "over " + Spelling.span(lasted()));
  }

  /** Until every writer was back, or that not every one was. */
  public String slowest() {
    return outage.slowest().map(Spelling::span).orElseGet(() -> "over " + Spelling.span(lasted()));
  }

  /** When the first write that failed was sent. */
  public String firstFailedAt() {
    return Spelling.at(outage.firstFailed());
  }

  /** When the first writer was back; empty when none was. */
  public Optional<String> firstBackAt() {
    return outage.firstBack().map(Spelling::at);
  }

  /** When every writer was back; empty when not all were. */
  public Optional<String> allBackAt() {
    return outage.allBack().map(Spelling::at);
  }

  /** Whether the first writer was back. */
  public boolean over() {
    return outage.firstBack().isPresent();
  }

  /** From where on it is drawn: the fault, or the first failed write should that be earlier. */
  public Duration from() {
    return outage.waits().isEmpty()
        ? outage.firstFailed()
        : earlier(outage.waits().getFirst().from(), outage.firstFailed());
  }

  /** When every writer was back, or the end of what is known. */
  public Duration to() {
    return outage.allBack().orElse(end);
  }

  private Duration lasted() {
    return end.minus(outage.firstFailed());
  }

  private static Duration earlier(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
