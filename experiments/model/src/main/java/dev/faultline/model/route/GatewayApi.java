package dev.faultline.model.route;

import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.codec.InvalidValue;
import java.util.Optional;

/**
 * Two Services behind a route of the Gateway API of Kubernetes, split request by request by the
 * weights of its {@code backendRefs}, in steps of 0.01 %.
 *
 * @param httpRoute the HTTPRoute, in which at least one rule names both; must be given
 * @param stable the Service of the version that serves; must be given
 * @param canary the Service of the new version; must be given
 * @param scaled has the pods of the canary come with its traffic; it runs already when absent
 */
public record GatewayApi(String httpRoute, String stable, String canary, Optional<Scaled> scaled)
    implements Weighted {

  private static final int TOTAL = 10_000;
  private static final int MOST_MATCHES = 64;

  /** Requires all three: one route, and two Services. */
  public GatewayApi {
    Weighted.named(httpRoute, "httpRoute");
    Weighted.named(stable, "stable");
    Weighted.named(canary, "canary");
    if (stable.equals(canary)) {
      throw new InvalidValue("canary", "both versions are the same Service; name two");
    }
  }

  /** One whose canary runs already. */
  public GatewayApi(String httpRoute, String stable, String canary) {
    this(httpRoute, stable, canary, Optional.empty());
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
  public Optional<String> unfit(Match match) {
    if (match.cookie().isPresent()) {
      return Optional.of(
          "routes of the Gateway API match no cookies; match a header, such as one that the gateway's clients send");
    }
    return match.is().size() > MOST_MATCHES
        ? Optional.of(
            "a rule of the Gateway API has no more than %d matches, and each value is one"
                .formatted(MOST_MATCHES))
        : Weighted.unfitAddress(match);
  }

  @Override
  public int total() {
    return TOTAL;
  }
}
