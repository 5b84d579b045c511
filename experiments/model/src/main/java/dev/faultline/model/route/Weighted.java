package dev.faultline.model.route;

import dev.faultline.judge.Quantity;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.codec.InvalidValue;
import java.util.Optional;

/**
 * A route of Kubernetes: an object whose rules split traffic between two backends by weights, which
 * whatever carries the traffic there follows.
 */
public sealed interface Weighted extends Route permits GatewayApi, Istio {

  /** So much may a weight that people write differ from one there is, as 33.333% does. */
  double ROUNDING = 0.0005;

  /** What kind of object it is. */
  ObjectKind kind();

  /** What it is called. */
  String object();

  /** Where the weights of both versions are in it. */
  ObjectField.Weights weights();

  /** How the pods of the canary come with its traffic; empty where they are there already. */
  Optional<Scaled> scaled();

  /** What both weights add up to while traffic is shifted. */
  int total();

  /** The weight of the canary, where it gets this share. */
  default int ofCanary(double share) {
    return (int) Math.round(share * total());
  }

  @Override
  default Optional<String> unfit(double share) {
    int part = ofCanary(share);
    boolean fits = part > 0 && Math.abs((double) part / total() - share) <= ROUNDING;
    return fits
        ? Optional.empty()
        : Optional.of(
            "%s is no weight of %s: they are in steps of %s"
                .formatted(Quantity.percent(share), words(), Quantity.percent(1.0 / total())));
  }

  @Override
  default Optional<String> unfitToMirror() {
    return Optional.empty();
  }

  @Override
  default boolean ofCluster() {
    return true;
  }

  @Override
  default boolean bringsUpCanary() {
    return scaled().isPresent();
  }

  @Override
  default String words() {
    return "%s %s".formatted(kind().title(), object());
  }

  @Override
  default String stableName() {
    return weights().stable();
  }

  @Override
  default String canaryName() {
    return weights().canary();
  }

  /** Why requests cannot be matched by where they come from; empty where they are not to be. */
  static Optional<String> unfitAddress(Match match) {
    return match.address().isPresent()
        ? Optional.of(
            "routes of Kubernetes do not see the addresses of clients; match a header that the gateway or a proxy before it sets")
        : Optional.empty();
  }

  /** A name as objects of Kubernetes have. */
  static void named(String name, String key) {
    InvalidValue.required(name, key);
    if (!name.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
      throw new InvalidValue(
          key, "'%s' cannot be the name of an object in Kubernetes".formatted(name));
    }
  }
}
