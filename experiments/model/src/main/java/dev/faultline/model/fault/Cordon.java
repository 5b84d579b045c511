package dev.faultline.model.fault;

import dev.faultline.model.cluster.ObjectField;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Keeps new pods off a node; those that are there stay. */
public record Cordon() implements FieldFault {

  @Override
  public ObjectField field() {
    return new ObjectField.Unschedulable();
  }

  @Override
  public Optional<String> value() {
    return Optional.of("true");
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
    return "cordon";
  }
}
