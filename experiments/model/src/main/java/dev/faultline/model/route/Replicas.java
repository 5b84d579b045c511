package dev.faultline.model.route;

import dev.faultline.judge.Quantity;
import dev.faultline.model.codec.InvalidValue;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two Deployments behind one Service of Kubernetes, without a router: the canary's part of the
 * traffic is its part of the ready pods.
 *
 * @param stable the Deployment of the version that serves; must be given
 * @param canary the Deployment of the new version, with any number of pods that are not ready, such
 *     as none; must be given
 * @param pods how many pods there are of both together, from 2 to 1000: as many as stable has while
 *     it gets all traffic; must be given
 */
public record Replicas(String stable, String canary, Integer pods) implements Route {

  private static final int LEAST = 2;
  private static final int MOST = 1000;
  private static final int SHORT_LIST = 11;

  /** So much may a weight that people write differ from a whole number of pods, as 33.3% does. */
  private static final double ROUNDING = 0.0005;

  /** Requires all three: two Deployments, and more than one pod. */
  public Replicas {
    named(stable, "stable");
    named(canary, "canary");
    if (stable.equals(canary)) {
      throw new InvalidValue("canary", "both versions are the same Deployment; name two");
    }
    InvalidValue.required(pods, "pods");
    if (pods < LEAST || pods > MOST) {
      throw new InvalidValue("pods", "'pods' must be from 2 to 1000: one pod cannot be split");
    }
  }

  private static void named(String name, String key) {
    InvalidValue.required(name, key);
    if (!name.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
      throw new InvalidValue(key, "'%s' cannot name a Deployment".formatted(name));
    }
  }

  /** How many of the pods are the canary's, where it gets this share. */
  public int ofCanary(double share) {
    return (int) Math.round(share * pods);
  }

  @Override
  public Optional<String> unfit(double share) {
    int canaries = ofCanary(share);
    boolean whole = canaries > 0 && Math.abs((double) canaries / pods - share) <= ROUNDING;
    return whole
        ? Optional.empty()
        : Optional.of(
            "%s of %d pods is no whole number of them; with %d pods: %s"
                .formatted(Quantity.percent(share), pods, pods, weights()));
  }

  private String weights() {
    int listed = pods <= SHORT_LIST ? pods - 1 : 3;
    String some =
        IntStream.rangeClosed(1, listed).mapToObj(this::weight).collect(Collectors.joining(", "));
    return listed == pods - 1 ? some : "%s and so on up to %s".formatted(some, weight(pods - 1));
  }

  private String weight(int canaries) {
    return Quantity.percent((double) canaries / pods);
  }

  @Override
  public boolean ofCluster() {
    return true;
  }

  @Override
  public boolean splitsPods() {
    return true;
  }

  @Override
  public boolean bringsUpCanary() {
    return true;
  }

  @Override
  public String words() {
    return "the pods of %s and %s".formatted(stable, canary);
  }

  @Override
  public String stableName() {
    return stable;
  }

  @Override
  public String canaryName() {
    return canary;
  }
}
