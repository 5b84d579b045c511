package dev.faultline.model.route;

import dev.faultline.model.codec.InvalidValue;
import java.util.List;
import java.util.Optional;

/**
 * Two clusters of Envoy, split request by request in steps of 0.01 % by runtime values that are set
 * through its admin address: without a reload, and without a lost request.
 *
 * @param admin the admin address of Envoy, {@code HOST:PORT}; must be given
 * @param runtimeKeyPrefix the {@code runtime_key_prefix} of the {@code weighted_clusters} that hold
 *     both, of letters, digits, {@code _}, {@code -} and {@code .}; must be given
 * @param stable the cluster of the version that serves; must be given
 * @param canary the cluster of the new version, with weight 0 in the configuration; must be given
 * @param matched the routes by which requests go to the canary in any case; needed for steps with a
 *     {@code match}
 * @param mirrored the {@code runtime_key} of the {@code request_mirror_policies} that copy requests
 *     to the canary; needed for steps with a {@code mirror}
 * @param sticky by what the configuration knows a user again, by a hash; requests are split one by
 *     one when absent
 */
public record Envoy(
    String admin,
    String runtimeKeyPrefix,
    String stable,
    String canary,
    Optional<EnvoyMatch> matched,
    Optional<String> mirrored,
    Optional<Sticky> sticky)
    implements Route {

  /** Two clusters whose requests are split by weight alone. */
  public Envoy(String admin, String runtimeKeyPrefix, String stable, String canary) {
    this(
        admin,
        runtimeKeyPrefix,
        stable,
        canary,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Requires the first four: nothing in them can become another key or another request. */
  public Envoy {
    InvalidValue.required(admin, "admin");
    if (!isAddress(admin)) {
      throw new InvalidValue(
          "admin", "'%s' is no address: write HOST:PORT, such as 127.0.0.1:9901".formatted(admin));
    }
    key(runtimeKeyPrefix, "runtimeKeyPrefix");
    cluster(stable, "stable");
    cluster(canary, "canary");
    if (stable.equals(canary)) {
      throw new InvalidValue("canary", "both versions are the same cluster; name two");
    }
    mirrored.ifPresent(key -> key(key, "mirrored"));
    List<String> weights =
        List.of(runtimeKeyPrefix + "." + stable, runtimeKeyPrefix + "." + canary);
    List<String> values =
        matched.stream().flatMap(match -> match.is().stream().map(match::key)).toList();
    if (values.stream().anyMatch(weights::contains)) {
      throw new InvalidValue(
          "matched", "a value has the same runtime key as a cluster; give it another prefix");
    }
    if (mirrored.filter(key -> weights.contains(key) || values.contains(key)).isPresent()) {
      throw new InvalidValue("mirrored", "something else has this runtime key; give it its own");
    }
  }

  /** Requires a runtime key. */
  static void key(String text, String key) {
    InvalidValue.required(text, key);
    if (!isKey(text)) {
      throw new InvalidValue(
          key,
          "'%s' is no runtime key of Envoy: letters, digits, '_', '-', '.', 128 in all"
              .formatted(text.replaceAll("[^ -~]", "?")));
    }
  }

  /** Whether a text is {@code HOST:PORT}, in which placeholders may stand. */
  public static boolean isAddress(String text) {
    return Nginx.isAddress(text);
  }

  /** Whether a text can be a runtime key, and nothing else in a request to Envoy. */
  public static boolean isKey(String text) {
    return text.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}");
  }

  /** Whether a text can be the name of a cluster, such as {@code outbound|80||orders}. */
  public static boolean isCluster(String text) {
    return text.matches("[A-Za-z0-9_.:/|-]{1,253}");
  }

  private static void cluster(String name, String key) {
    InvalidValue.required(name, key);
    if (!isCluster(name)) {
      throw new InvalidValue(
          key,
          "'%s' is no cluster of Envoy: letters, digits, '_', '-', '.', ':', '/', '|', 253 in all"
              .formatted(name));
    }
  }

  @Override
  public Optional<String> unfit(Match match) {
    return matched
        .map(routes -> routes.unfit(match))
        .orElseGet(
            () ->
                Optional.of(
                    "requests to %s are split by weight alone; name the routes that your configuration has for them, as matched: {header: x-user-type, is: staff, runtimeKeyPrefix: orders.match}"
                        .formatted(words())));
  }

  @Override
  public Optional<String> unfitToMirror() {
    return mirrored.isPresent()
        ? Optional.empty()
        : Optional.of(
            "name the runtime key of the mirror policy that your configuration has for %s, as mirrored: orders.mirror"
                .formatted(words()));
  }

  @Override
  public boolean splitsUsers() {
    return sticky.isPresent();
  }

  @Override
  public String words() {
    return "weighted clusters %s of Envoy".formatted(runtimeKeyPrefix);
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
