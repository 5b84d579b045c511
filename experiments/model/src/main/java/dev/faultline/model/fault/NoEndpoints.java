package dev.faultline.model.fault;

import dev.faultline.model.cluster.ObjectField;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a service select no pod, so that its name and address stay and nothing answers there; the
 * pods run on.
 */
public record NoEndpoints() implements FieldFault {

  @Override
  public ObjectField field() {
    return new ObjectField.Selects("faultline.dev/no-endpoints");
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
    return Set.of("service");
  }

  @Override
  public String words() {
    return "no endpoints";
  }
}
