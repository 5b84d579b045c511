package dev.faultline.model.route;

import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.codec.InvalidValue;
import java.util.Optional;

/**
 * Two destinations of a VirtualService of Istio, split request by request by the weights in its
 * {@code http} routes, in whole percents.
 *
 * @param virtualService the VirtualService, in which at least one {@code http} route names both;
 *     must be given
 * @param stable the destination of the version that serves: {@code HOST} or {@code HOST/SUBSET}, as
 *     the VirtualService has it; must be given
 * @param canary the destination of the new version; must be given
 * @param scaled has the pods of the canary come with its traffic; it runs already when absent
 */
public record Istio(String virtualService, String stable, String canary, Optional<Scaled> scaled)
    implements Weighted {

  private static final int TOTAL = 100;

  /** Requires all three: one VirtualService, and two destinations. */
  public Istio {
    Weighted.named(virtualService, "virtualService");
    destination(stable, "stable");
    destination(canary, "canary");
    if (stable.equals(canary)) {
      throw new InvalidValue("canary", "both versions are the same destination; name two");
    }
  }

  /** One whose canary runs already. */
  public Istio(String virtualService, String stable, String canary) {
    this(virtualService, stable, canary, Optional.empty());
  }

  private static void destination(String text, String key) {
    InvalidValue.required(text, key);
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,252}(/[A-Za-z0-9][A-Za-z0-9._-]{0,62})?")) {
      throw new InvalidValue(
          key,
          "'%s' is no destination: write HOST or HOST/SUBSET, such as orders/v1".formatted(text));
    }
  }

  @Override
  public ObjectKind kind() {
    return ObjectKind.VIRTUAL_SERVICE;
  }

  @Override
  public String object() {
    return virtualService;
  }

  @Override
  public ObjectField.Weights weights() {
    return new ObjectField.Weights(ObjectField.Weights.Of.DESTINATIONS, stable, canary);
  }

  @Override
  public Optional<String> unfit(Match match) {
    return Weighted.unfitAddress(match);
  }

  @Override
  public int total() {
    return TOTAL;
  }
}
