package dev.faultline.judge;

import java.util.List;

/**
 * The outcome of a run with every reason for it.
 *
 * @param outcome the weightiest of the reasons' outcomes, or passed
 * @param reasons what counted, in the order in which it was found
 */
public record Verdict(Outcome outcome, List<Reason> reasons) {

  /**
   * One finding that counts towards a verdict.
   *
   * @param outcome what it makes of the run
   * @param subject the gate, fault or part that it speaks of
   * @param words one sentence without a full stop
   */
  public record Reason(Outcome outcome, String subject, String words) {}

  /** Keeps the reasons unchangeable. */
  public Verdict {
    reasons = List.copyOf(reasons);
  }

  /** The verdict that follows from all the reasons found. */
  public static Verdict of(List<Reason> reasons) {
    return new Verdict(Outcome.weightiest(reasons.stream().map(Reason::outcome).toList()), reasons);
  }
}
