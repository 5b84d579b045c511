package dev.faultline.model.summary;

import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary.Timed;
import java.util.List;
import java.util.Optional;

/**
 * What a rollout saw.
 *
 * @param spec what was to be rolled out
 * @param comparisons every comparison of stable and canary, in order
 * @param shares every look at the canary's part of the traffic, in order
 * @param holds every time that a step lasted longer than it was to, in order
 * @param consents every time that a person let it go on, in order
 * @param scaledOut when the canary got more pods in place of a way back; empty when it did not
 * @param promoted when all traffic was given to the canary for good; empty when it was not
 */
public record RolloutSummary(
    RolloutSpec spec,
    List<Timed<Event.Compared>> comparisons,
    List<Timed<Event.ShareSeen>> shares,
    List<Timed<Event.Held>> holds,
    List<Timed<Consent>> consents,
    Optional<Timed<Event.ScaledOut>> scaledOut,
    Optional<Timed<Event.Promoted>> promoted) {

  /**
   * A person let a rollout go on.
   *
   * @param asked what was asked
   * @param given who said so, and why
   */
  public record Consent(Event.ApprovalAsked asked, Event.Approved given) {

    /** Who said so, and what was added. */
    public String words() {
      return "approved by %s%s"
          .formatted(given.by(), given.why().isEmpty() ? "" : ": " + given.why());
    }
  }

  /** Keeps the lists unchangeable. */
  public RolloutSummary {
    comparisons = List.copyOf(comparisons);
    shares = List.copyOf(shares);
    holds = List.copyOf(holds);
    consents = List.copyOf(consents);
  }
}
