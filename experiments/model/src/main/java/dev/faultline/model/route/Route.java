package dev.faultline.model.route;

import java.util.Optional;

/**
 * What splits traffic between a stable version and a canary. The permitted records are the words of
 * the language.
 */
public sealed interface Route permits Haproxy, Nginx, Envoy, Replicas, Weighted {

  /** Where traffic is split, in words, such as {@code backend orders of HAProxy}. */
  String words();

  /** What the version that serves is called there. */
  String stableName();

  /** What the new version is called there. */
  String canaryName();

  /**
   * Why the canary cannot have this part of the traffic there; empty where it can, or can have one
   * that is as good.
   *
   * @param share above 0 and at most 1
   */
  default Optional<String> unfit(double share) {
    return Optional.empty();
  }

  /** Why requests cannot be matched like this there; empty where they can. */
  default Optional<String> unfit(Match match) {
    return Optional.of(
        "requests to %s are split by weight alone, whatever they have; haproxy, nginx, envoy, gatewayApi and istio can match"
            .formatted(words()));
  }

  /** Why copies of requests cannot be sent to the canary there; empty where they can. */
  default Optional<String> unfitToMirror() {
    return Optional.of(
        "requests to %s cannot be mirrored; envoy, gatewayApi and istio can".formatted(words()));
  }

  /** Whether it is split by objects of a Kubernetes cluster, through its API. */
  default boolean ofCluster() {
    return false;
  }

  /**
   * Whether users are split, and stay where they are, and not requests: then the canary's part of
   * the requests is that of its users, and strays where these are few.
   */
  default boolean splitsUsers() {
    return false;
  }

  /** Whether numbers of pods are what splits traffic, so that both versions share them. */
  default boolean splitsPods() {
    return false;
  }

  /** Whether a shift brings up the canary by itself, so that it need not serve before. */
  default boolean bringsUpCanary() {
    return false;
  }
}
