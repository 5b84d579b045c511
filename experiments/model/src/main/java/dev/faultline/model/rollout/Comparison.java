package dev.faultline.model.rollout;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.judge.sequential.Claim;
import dev.faultline.judge.sequential.CountEvidence;
import dev.faultline.judge.sequential.Evidence;
import dev.faultline.judge.sequential.ShareEvidence;
import dev.faultline.judge.sequential.Tolerance;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.OneOf;
import dev.faultline.model.codec.Words;
import java.util.Optional;

/**
 * A share of bad requests in which the canary must be no worse than stable, second for second.
 *
 * @param name names it within the rollout; its word when absent
 * @param measure what is counted
 * @param worseBy how much worse the canary may be: {@code 50%} is half as many bad requests again,
 *     {@code 0.5pp} is five more in a thousand requests; 0% when absent
 * @param provenWithin how much worse it may be at most before it is promoted with evidence, from 1%
 *     to 1000%; 50% when absent
 * @param test how much bad requests say; {@code blocks} when absent
 */
public record Comparison(
    Optional<String> name,
    @OneOf Measure measure,
    Optional<Quantity> worseBy,
    Optional<Quantity> provenWithin,
    Optional<Kind> test) {

  /** Ways to tell a worse version from chance. */
  public enum Kind {
    /** Each block of time is one observation, whatever made its bad requests come together. */
    BLOCKS,
    /**
     * Each bad request is one: sooner, and wrong where they come in bursts, which then blame
     * healthy canaries.
     */
    COUNTS
  }

  private static final double MOST = 10;
  private static final double PROVEN_WITHIN = 0.5;

  /** Refuses what tolerates nothing that can be said, or anything. */
  public Comparison {
    if (name.isPresent() && !name.get().matches("[a-zA-Z][a-zA-Z0-9 _.-]{0,62}")) {
      throw new InvalidValue(
          "name",
          "'%s' cannot name a comparison: a letter, then letters, digits, ' ', '-', '_', '.'"
              .formatted(name.get()));
    }
    if (worseBy.isPresent() && !tolerable(worseBy.get())) {
      throw new InvalidValue(
          "worseBy", "'worseBy' is a part from 0% to 1000%, or a difference from 0pp to 100pp");
    }
    if (provenWithin.isPresent()
        && (provenWithin.get().unit() != Unit.SHARE
            || provenWithin.get().value() < 0.01
            || provenWithin.get().value() > MOST)) {
      throw new InvalidValue("provenWithin", "'provenWithin' is a part from 1% to 1000%");
    }
  }

  private static boolean tolerable(Quantity by) {
    return switch (by.unit()) {
      case SHARE -> by.value() >= 0 && by.value() <= MOST;
      case SHARE_DIFFERENCE -> by.value() >= 0 && by.value() <= 1;
      case NUMBER, SECONDS, BYTES, PER_SECOND -> false;
    };
  }

  /** The name given, or the word of what is counted. */
  public String title() {
    return name.orElseGet(() -> Words.wordOf(measure));
  }

  /** The same under another name. */
  public Comparison named(String other) {
    return new Comparison(Optional.of(other), measure, worseBy, provenWithin, test);
  }

  /** How bad a canary may be before it is blamed. */
  public Tolerance tolerated() {
    return worseBy
        .map(
            by ->
                by.unit() == Unit.SHARE
                    ? Tolerance.ratio(1 + by.value())
                    : new Tolerance(1, by.value()))
        .orElse(Tolerance.ratio(1));
  }

  /** How bad a canary may be at most that is promoted with evidence. */
  public Tolerance proven() {
    double within = provenWithin.map(Quantity::value).orElse(PROVEN_WITHIN);
    return Tolerance.ratio(Math.max(1 + within, tolerated().ratio()));
  }

  /** Whether each bad request is an observation of its own. */
  public boolean counts() {
    return test.filter(Kind.COUNTS::equals).isPresent();
  }

  /** No evidence yet for a claim about the canary. */
  public Evidence evidence(Claim claim) {
    Tolerance tolerance =
        switch (claim) {
          case WORSE -> tolerated();
          case NOT_WORSE -> proven();
        };
    return counts() ? CountEvidence.of(claim, tolerance) : ShareEvidence.of(claim, tolerance);
  }

  /** What is compared, and what is tolerated, in words. */
  public String words() {
    return "no more requests %s than of stable%s%s"
        .formatted(
            measure.words(),
            worseBy.map(by -> ", give or take " + by.text()).orElse(""),
            counts() ? ", each counted" : "");
  }
}
