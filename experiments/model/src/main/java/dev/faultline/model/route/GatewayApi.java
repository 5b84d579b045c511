package dev.faultline.model.route;

import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.codec.InvalidValue;

/**
 * Two Services behind a route of the Gateway API of Kubernetes, split request by request by the
 * weights of its {@code backendRefs}, in steps of 0.01 %.
 *
 * @param httpRoute the HTTPRoute, in which at least one rule names both; must be given
 * @param stable the Service of the version that serves; must be given
 * @param canary the Service of the new version; must be given
 */
public record GatewayApi(String httpRoute, String stable, String canary) implements Weighted {

  private static final int TOTAL = 10_000;

  /** Requires all three: one route, and two Services. */
  public GatewayApi {
    Weighted.named(httpRoute, "httpRoute");
    Weighted.named(stable, "stable");
    Weighted.named(canary, "canary");
    if (stable.equals(canary)) {
      throw new InvalidValue("canary", "both versions are the same Service; name two");
    }
  }

  @Override
  public ObjectKind kind() {
    return ObjectKind.HTTP_ROUTE;
  }

  @Override
  public String object() {
    return httpRoute;
  }

  @Override
  public ObjectField.Weights weights() {
    return new ObjectField.Weights(ObjectField.Weights.Of.BACKEND_REFS, stable, canary);
  }

  @Override
  public int total() {
    return TOTAL;
  }
}
