package dev.faultline.model.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a rollout does when a gate is breached, or the canary is worse: {@code onBreach: hold}.
 *
 * @param then what it does; must be given
 * @param within how long it waits for a person in a {@code hold}, from 1s to 7d; 1h when absent.
 *     Then all traffic goes back
 */
public record BreachPolicy(Then then, Optional<Duration> within) {

  /** What a rollout does. */
  public enum Then {
    /** All traffic goes back at once. */
    ROLLBACK,
    /** The canary keeps the part that it has until a person says that it goes on, or for long. */
    HOLD;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses to wait for ever, or where nothing waits. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public BreachPolicy {
    InvalidValue.required(then, "then");
    if (then == Then.ROLLBACK && within.isPresent()) {
      throw new InvalidValue("within", "nothing waits in a rollback; 'within' is for 'hold'");
    }
    var _ = new Approve(within);
  }

  /** Reads what it does alone. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static BreachPolicy of(String then) {
    return Arrays.stream(Then.values())
        .filter(one -> one.word().equals(then))
        .findFirst()
        .map(one -> new BreachPolicy(one, Optional.empty()))
        .orElseThrow(
            () ->
                new InvalidValue(
                    Words.unknown(
                        "word", then, Arrays.stream(Then.values()).map(Then::word).toList())));
  }

  /** How long a person has; empty where nobody is asked. */
  public Optional<Approve> asks() {
    return then == Then.HOLD ? Optional.of(new Approve(within)) : Optional.empty();
  }
}
