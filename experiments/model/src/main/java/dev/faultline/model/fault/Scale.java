package dev.faultline.model.fault;

import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a workload have another number of pods: {@code scale: {replicas: 0}}.
 *
 * @param replicas how many, from 0 to 1000
 */
public record Scale(Integer replicas) implements FieldFault {

  private static final int MOST = 1000;

  /** Requires a number. */
  public Scale {
    InvalidValue.required(replicas, "replicas");
    if (replicas < 0 || replicas > MOST) {
      throw new InvalidValue("replicas", "'replicas' must be from 0 to 1000");
    }
  }

  @Override
  public ObjectField field() {
    return new ObjectField.Replicas();
  }

  @Override
  public Optional<String> value() {
    return Optional.of(replicas.toString());
  }

  @Override
  public Duration shownWithin() {
    return Duration.ofMinutes(2);
  }

  @Override
  public Set<String> aims() {
    return Set.of("deployment", "statefulSet");
  }

  @Override
  public String words() {
    return "scale to %d".formatted(replicas);
  }
}
