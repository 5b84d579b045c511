package dev.faultline.model.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import dev.faultline.model.fault.Scale;
import dev.faultline.model.world.ClusterNames;
import dev.faultline.model.world.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a rollout does when a gate is breached, or the canary is worse: {@code onBreach: hold}.
 *
 * @param then what it does; must be given
 * @param within how long it waits for a person in a {@code hold}, from 1s to 7d; 1h when absent. In
 *     a {@code scaleOut}, how long the canary has until gates and comparisons count again, from 10s
 *     to 1h; 2m when absent
 * @param deployment the canary's deployment in a {@code scaleOut}, in the namespace of the
 *     environment
 * @param replicas how many pods it gets in a {@code scaleOut}, from 1 to 1000; more than it has
 */
public record BreachPolicy(
    Then then, Optional<Duration> within, Optional<String> deployment, Optional<Integer> replicas) {

  private static final Duration USUAL_GRACE = Duration.ofMinutes(2);
  private static final Duration LEAST_GRACE = Duration.ofSeconds(10);
  private static final Duration MOST_GRACE = Duration.ofHours(1);

  /** What a rollout does. */
  public enum Then {
    /** All traffic goes back at once. */
    ROLLBACK("rollback"),
    /** The canary keeps the part that it has until a person says that it goes on, or for long. */
    HOLD("hold"),
    /** The canary gets more pods, once, and goes back if that does not help. */
    SCALE_OUT("scaleOut");

    private final String word;

    Then(String word) {
      this.word = word;
    }
  }

  /**
   * More pods for the canary.
   *
   * @param deployment whose they are
   * @param scale how many it is to have
   * @param grace for so long from the breach on, nothing that is seen counts
   */
  public record ScaleOut(String deployment, Scale scale, Duration grace) {
    /** What is done, at a breach alone. */
    FaultStep fault(String name, Duration lasts) {
      return new FaultStep(
          Optional.of(name),
          scale,
          Optional.of(Target.of(new ClusterNames.Deployment(List.of(deployment)))),
          Optional.of(lasts),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /** Refuses to wait for ever, or where nothing waits, and pods that nobody gets. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public BreachPolicy {
    InvalidValue.required(then, "then");
    if (then == Then.ROLLBACK && within.isPresent()) {
      throw new InvalidValue(
          "within", "nothing waits in a rollback; 'within' is for 'hold' and 'scaleOut'");
    }
    if (then == Then.SCALE_OUT) {
      requireGrace(within);
      InvalidValue.required(deployment.orElse(null), "deployment");
      requirePods(InvalidValue.required(replicas.orElse(null), "replicas"));
    } else {
      refuse("deployment", deployment.isPresent());
      refuse("replicas", replicas.isPresent());
      var _ = new Approve(within);
    }
  }

  private static void requireGrace(Optional<Duration> within) {
    if (within.isPresent()
        && (within.get().compareTo(LEAST_GRACE) < 0 || within.get().compareTo(MOST_GRACE) > 0)) {
      throw new InvalidValue("within", "'within' must be from 10s to 1h");
    }
  }

  private static void requirePods(int replicas) {
    if (replicas < 1) {
      throw new InvalidValue("replicas", "'replicas' must be from 1 to 1000");
    }
    var _ = new Scale(replicas);
  }

  private static void refuse(String key, boolean given) {
    if (given) {
      throw new InvalidValue(key, "only a 'scaleOut' has '%s'; remove it".formatted(key));
    }
  }

  /** Reads what it does alone. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static BreachPolicy of(String then) {
    return Arrays.stream(Then.values())
        .filter(one -> one.word.equals(then))
        .findFirst()
        .map(one -> new BreachPolicy(one, Optional.empty(), Optional.empty(), Optional.empty()))
        .orElseThrow(
            () ->
                new InvalidValue(
                    Words.unknown(
                        "word", then, Arrays.stream(Then.values()).map(one -> one.word).toList())));
  }

  /** How long a person has; empty where nobody is asked. */
  public Optional<Approve> asks() {
    return then == Then.HOLD ? Optional.of(new Approve(within)) : Optional.empty();
  }

  /** What the canary gets; empty where it gets nothing. */
  public Optional<ScaleOut> scalesOut() {
    return then == Then.SCALE_OUT
        ? Optional.of(
            new ScaleOut(
                deployment.orElseThrow(),
                new Scale(replicas.orElseThrow()),
                within.orElse(USUAL_GRACE)))
        : Optional.empty();
  }
}
