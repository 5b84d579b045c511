package dev.faultline.reports.facts;

import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One step of a rollout: the part of the traffic that the canary had, and what came of it.
 *
 * @param number from 1
 * @param weight the part, as it was written; or the requests that it had, by what they have
 * @param share the same from 0 to 1; 0 for such requests
 * @param mirror of which part of the requests it had a copy, above 0 and at most 1
 * @param from when it was shown to be in force; empty when it never was
 * @param to when the next one was, or all traffic was back, or kept; empty where {@code from} is
 * @param counted what both versions did in it, one for each comparison
 * @param seen where traffic went by the end of it
 * @param decision how it ended
 * @param why in words
 */
public record ShiftFacts(
    int number,
    String weight,
    double share,
    Optional<Double> mirror,
    Optional<Duration> from,
    Optional<Duration> to,
    List<Counted> counted,
    Optional<Event.ShareSeen> seen,
    Decision decision,
    String why) {

  /** How a step ended. */
  public enum Decision {
    /** The next one began. */
    WENT_ON,
    /** All traffic stays with the canary. */
    PROMOTED,
    /** All traffic went back to stable. */
    ROLLED_BACK,
    /** It was asked for and not shown. */
    NOT_SHOWN,
    /** The events end with it. */
    UNDER_WAY,
    /** It did not come to it. */
    NOT_REACHED;

    /** The decision in words. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What both versions did in a step, as one comparison counts it. */
  public record Counted(String comparison, Traffic canary, Traffic stable) {

    /** Bad requests of the canary, in words. */
    public String canaryBad() {
      return bad(canary);
    }

    /** Bad requests of stable, in words. */
    public String stableBad() {
      return bad(stable);
    }

    private static String bad(Traffic traffic) {
      return traffic.requests() == 0
          ? "–"
          : "%s (%s)"
              .formatted(Spelling.count(Math.round(traffic.bad())), ComparisonFacts.rate(traffic));
    }
  }

  /** Keeps the list unchangeable. */
  public ShiftFacts {
    counted = List.copyOf(counted);
  }

  /** The part that it was to have of all that both versions count, copies among them. */
  public double asked() {
    return mirror.map(copies -> copies / (1 + copies)).orElse(share);
  }

  /** When it began, in words. */
  public String began() {
    return from.map(Spelling::at).orElse("–");
  }

  /** How long it lasted. */
  public Optional<Duration> length() {
    return from.flatMap(start -> to.map(end -> end.minus(start)));
  }

  /** How long it lasted, in words. */
  public String lasted() {
    return length().map(Spelling::span).orElse("–");
  }

  /** Requests that the canary was seen to answer. */
  public String canaryRequests() {
    return requests(counted.isEmpty() ? Optional.empty() : Optional.of(counted.getFirst().canary));
  }

  /** Requests that stable was seen to answer meanwhile. */
  public String stableRequests() {
    return requests(counted.isEmpty() ? Optional.empty() : Optional.of(counted.getFirst().stable));
  }

  private String requests(Optional<Traffic> traffic) {
    return from.isEmpty()
        ? "–"
        : traffic.map(one -> Spelling.count(Math.round(one.requests()))).orElse("–");
  }

  /** Where traffic went, in words. */
  public String observed() {
    return seen.map(one -> percent(one.mean())).orElse("–");
  }

  /** Where its true share lies, in words; empty where nothing was seen. */
  public String interval() {
    return seen.map(
            one ->
                "%s to %s".formatted(percent(one.interval().low()), percent(one.interval().high())))
        .orElse("");
  }

  /** Whether traffic followed, in words. */
  public String followed() {
    return seen.map(
            one ->
                switch (one.obedience()) {
                  case FOLLOWS -> "follows";
                  case UNKNOWN -> "too few to say";
                  case STRAYS -> "strays";
                })
        .orElse("not seen");
  }

  static String percent(double share) {
    return Spelling.share(Math.round(share * 1000), 1000);
  }
}
