package dev.faultline.engine.run;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the newest sample of a selector is young enough to speak about now.
 *
 * @param selector of PromQL
 * @param limit how old it may be: three scrapes
 */
public record Freshness(String selector, Duration limit) {

  private static final int SCRAPES = 3;

  /** What must be no older than three of the looks, or three scrapes where they are rarer. */
  public static Freshness of(String selector, Duration scrape, Duration look) {
    return new Freshness(
        selector, (scrape.compareTo(look) > 0 ? scrape : look).multipliedBy(SCRAPES));
  }

  /** What is asked of Prometheus. */
  public Query query() {
    return new Query.PromInstant("time() - max(timestamp(%s))".formatted(selector));
  }

  /** What is wrong with the answer; empty when it is fresh. */
  public Optional<Reading.Blind> stale(Answer answer) {
    if (answer instanceof Answer.Series series
        && series.series().size() == 1
        && !series.series().getFirst().samples().isEmpty()
        && series.series().getFirst().samples().getLast().value() <= limit.toMillis() / 1000.0) {
      return Optional.empty();
    }
    return Optional.of(
        new Reading.Blind(
            BlindReason.STALE,
            "the newest sample of %s is older than %d s, or there is none"
                .formatted(selector, limit.toSeconds())));
  }
}
