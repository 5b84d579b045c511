package dev.faultline.model.fault;

import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Instance;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Taints a node, so that pods without the toleration stay away from it.
 *
 * @param key of the taint; {@code faultline.dev/fault} when absent
 * @param value of the taint, if it has one
 * @param effect what it does; {@code noSchedule} when absent
 */
public record Taint(Optional<String> key, Optional<String> value, Optional<Effect> effect)
    implements FieldFault {

  /** What a taint does to pods that do not tolerate it. */
  public enum Effect {
    /** None of them is scheduled there. */
    NO_SCHEDULE("NoSchedule"),
    /** None of them is scheduled there as long as there is another node. */
    PREFER_NO_SCHEDULE("PreferNoSchedule");

    private final String word;

    Effect(String word) {
      this.word = word;
    }
  }

  /** Refuses what cannot be a taint. */
  public Taint {
    if (!key.orElse("key").matches("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}\\w)?")) {
      throw new InvalidValue("key", "'%s' cannot be the key of a taint".formatted(key.get()));
    }
    if (!value.orElse("").matches("[A-Za-z0-9._-]{0,63}")) {
      throw new InvalidValue("value", "'%s' cannot be the value of a taint".formatted(value.get()));
    }
    value = Optional.of(value.orElse(""));
  }

  @Override
  public ObjectField field() {
    return new ObjectField.Taint(
        key.orElse("faultline.dev/fault"), effect.orElse(Effect.NO_SCHEDULE).word);
  }

  @Override
  public void check(Instance.ObjectInstance object) {
    if (object.value(field()).isPresent()) {
      throw new FaultRefused(
          "%s has the %s already, and not by this run; take another key"
              .formatted(object.owner(), field().words()));
    }
  }

  @Override
  public Duration shownWithin() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Set<String> aims() {
    return Set.of("node");
  }

  @Override
  public String words() {
    return field().words();
  }
}
