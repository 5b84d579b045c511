package dev.faultline.environment.route;

import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.model.route.Envoy;
import dev.faultline.model.route.EnvoyMatch;
import dev.faultline.model.route.Sticky;
import dev.faultline.node.FuseAction;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Two weighted clusters of Envoy, by its runtime: weights change at once and together, without a
 * reload and without a lost request. Where the canary is to have nothing, nothing is left set, and
 * the weights of the configuration count again. Each request to Envoy has 3 s. Thread-safe.
 *
 * @param admin the admin address, {@code HOST:PORT}
 * @param prefix of the runtime keys that hold the weights
 * @param stable the cluster of the version that serves
 * @param canary the cluster of the new version
 * @param matched the routes by which requests go to the canary in any case; empty where there are
 *     none
 * @param mirrored the runtime key of the policy that copies requests to the canary; empty where
 *     there is none
 * @param sticky by what users are known again; empty where requests are split one by one
 */
public record EnvoyRuntime(
    String admin,
    String prefix,
    String stable,
    String canary,
    Optional<EnvoyMatch> matched,
    Optional<String> mirrored,
    Optional<Sticky> sticky) {

  private static final double ROUNDING = 0.005;

  /**
   * Takes only what Envoy takes as keys and names: nothing in them can become another request.
   *
   * @throws IllegalArgumentException when one is none, or both clusters are one
   */
  public EnvoyRuntime {
    EnvoyAdmin _ = new EnvoyAdmin(admin);
    if (!Envoy.isKey(prefix)
        || !mirrored.map(Envoy::isKey).orElse(true)
        || !Envoy.isCluster(stable)
        || !Envoy.isCluster(canary)) {
      throw new IllegalArgumentException(
          "no names in Envoy: '%s', '%s', '%s'".formatted(prefix, stable, canary));
    }
    if (stable.equals(canary)) {
      throw new IllegalArgumentException("both versions are the cluster '%s'".formatted(stable));
    }
  }

  /** Two clusters without such routes, and without copies. */
  public EnvoyRuntime(String admin, String prefix, String stable, String canary) {
    this(admin, prefix, stable, canary, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private Optional<EnvoyMatches> matches() {
    return matched.map(match -> new EnvoyMatches(match, canary));
  }

  private Optional<EnvoyMirror> mirror() {
    return mirrored.map(key -> new EnvoyMirror(key, canary));
  }

  private EnvoyAdmin api() {
    return new EnvoyAdmin(admin);
  }

  private String key(String cluster) {
    return prefix + "." + cluster;
  }

  /** Splits requests by a share alone. */
  double set(double share) throws RouterTrouble {
    return set(EnvoyShift.of(share));
  }

  /**
   * Splits requests otherwise.
   *
   * @return the share that was set, to 0.0001
   * @throws RouterTrouble when it is not done, or cannot be seen to be
   * @throws IllegalArgumentException when there are no routes for its values, or no policy for
   *     copies
   */
  public double set(EnvoyShift shift) throws RouterTrouble {
    int parts = Parts.of(shift.share());
    if (!shift.values().isEmpty()) {
      matches()
          .orElseThrow(() -> new IllegalArgumentException("no routes to match requests by"))
          .require(shift.values());
    }
    if (shift.copies() > 0 && mirror().isEmpty()) {
      throw new IllegalArgumentException("no policy to mirror requests by");
    }
    api().post(parts == 0 ? target("", "", shift) : target(Parts.WHOLE - parts, parts, shift));
    EnvoyLayers layers = layers();
    double seen = share(weights(routes()), layers);
    if (parts == 0 && seen > 0) {
      // The configuration has become another one meanwhile. Nobody is to meet the canary by it.
      api().post(target(Parts.WHOLE, 0, shift));
      layers = layers();
      seen = share(weights(routes()), layers);
    }
    if (seen != (double) parts / Parts.WHOLE
        || !inForce(layers).equals(sorted(shift.values()))
        || Math.abs(copies(layers) - shift.copies()) > ROUNDING) {
      throw new RouterTrouble(
          Kind.NOT_TAKEN,
          "Envoy was told to give %d of %d requests to %s, and another writer of its runtime has changed that"
              .formatted(parts, Parts.WHOLE, canary));
    }
    return seen;
  }

  private static List<String> sorted(List<String> values) {
    return values.stream().sorted().toList();
  }

  private List<String> inForce(EnvoyLayers layers) throws RouterTrouble {
    return matches().isEmpty() ? List.of() : sorted(matches().get().inForce(layers));
  }

  private double copies(EnvoyLayers layers) throws RouterTrouble {
    return mirror().isEmpty() ? 0 : mirror().get().inForce(layers);
  }

  private String target(int toStable, int toCanary, EnvoyShift shift) {
    return target(Integer.toString(toStable), Integer.toString(toCanary), shift);
  }

  /** One request, so that no moment has the one without the other. */
  private String target(String toStable, String toCanary, EnvoyShift shift) {
    List<String> setting = new ArrayList<>(List.of(key(stable), toStable, key(canary), toCanary));
    matches().ifPresent(routes -> setting.addAll(routes.setting(shift.values())));
    mirror().ifPresent(policy -> setting.addAll(policy.setting(shift.copies())));
    StringBuilder target = new StringBuilder("/runtime_modify");
    for (int i = 0; i < setting.size(); i += 2) {
      target
          .append(i == 0 ? '?' : '&')
          .append(URLEncoder.encode(setting.get(i), StandardCharsets.UTF_8))
          .append('=')
          .append(setting.get(i + 1));
    }
    return target.toString();
  }

  /**
   * The request after which nothing is set, for a fuse: what the configuration says counts.
   *
   * @param within for it, from 1 ms to 1 minute
   */
  public FuseAction.Post takeBack(Duration within) {
    return new FuseAction.Post(
        api().host(), api().port(), target("", "", EnvoyShift.of(0)), within);
  }

  /**
   * How both are now.
   *
   * @throws RouterTrouble when they cannot be read, share the traffic with others, or what is set
   *     could not be taken back to all for the stable version
   */
  public EnvoyReading read() throws RouterTrouble {
    EnvoyLayers layers = layers();
    EnvoyRoutes configured = routes();
    List<Map<String, Long>> routes = weights(configured);
    new EnvoyUsers(sticky).require(configured, prefix);
    if (matches().isPresent()) {
      matches().get().require(configured, layers, prefix);
    }
    if (mirror().isPresent()) {
      mirror().get().require(configured, layers, prefix);
    }
    for (String cluster : List.of(stable, canary)) {
      layers.requireChangeable(key(cluster));
    }
    double _ = share(routes, layers);
    for (Map<String, Long> weights : routes) {
      requireNoOthers(weights, layers);
      requireWayBack(weights, layers);
    }
    JsonNode clusters = api().get("/clusters?format=json").path("cluster_statuses");
    return new EnvoyReading(
        reading(stable, clusters, routes.getFirst(), layers),
        reading(canary, clusters, routes.getFirst(), layers),
        inForce(layers),
        copies(layers));
  }

  private EnvoyLayers layers() throws RouterTrouble {
    return EnvoyLayers.of(
        api().get("/config_dump?mask=bootstrap.layered_runtime"),
        api().get("/runtime?format=json"));
  }

  private EnvoyRoutes routes() throws RouterTrouble {
    return new EnvoyRoutes(
        List.of(
            api().get("/config_dump?resource=static_route_configs"),
            api().get("/config_dump?resource=dynamic_route_configs")));
  }

  /** The weights of each route that splits by the prefix; all of them have both clusters. */
  private List<Map<String, Long>> weights(EnvoyRoutes routes) throws RouterTrouble {
    List<Map<String, Long>> found = routes.weights(prefix);
    if (found.isEmpty()) {
      throw new RouterTrouble(
          Kind.NO_BACKEND,
          "Envoy has no route with 'weighted_clusters' and their 'runtime_key_prefix: %s'"
              .formatted(prefix));
    }
    for (Map<String, Long> weights : found) {
      if (!weights.keySet().containsAll(List.of(stable, canary))) {
        throw new RouterTrouble(
            Kind.NO_SERVER,
            "the weighted clusters '%s' of Envoy must have '%s' and '%s'; they are %s"
                .formatted(prefix, stable, canary, String.join(", ", weights.keySet())));
      }
    }
    return found;
  }

  /** The canary's part in all routes alike. */
  private double share(List<Map<String, Long>> routes, EnvoyLayers layers) throws RouterTrouble {
    double share = share(routes.getFirst(), layers);
    for (Map<String, Long> weights : routes) {
      if (share(weights, layers) != share) {
        throw new RouterTrouble(
            Kind.CHANGED,
            "routes of Envoy split by '%s' differently: give them the same weights, or prefixes of their own"
                .formatted(prefix));
      }
    }
    return share;
  }

  private double share(Map<String, Long> weights, EnvoyLayers layers) throws RouterTrouble {
    long toStable = inForce(stable, weights, layers);
    long toCanary = inForce(canary, weights, layers);
    if (toStable + toCanary == 0) {
      throw new RouterTrouble(
          Kind.CHANGED,
          "the weights of %s and %s in Envoy are both 0: nobody is served"
              .formatted(stable, canary));
    }
    return (double) toCanary / (toStable + toCanary);
  }

  private long inForce(String cluster, Map<String, Long> weights, EnvoyLayers layers)
      throws RouterTrouble {
    return layers.inForce(key(cluster), weights.getOrDefault(cluster, 0L));
  }

  private void requireNoOthers(Map<String, Long> weights, EnvoyLayers layers) throws RouterTrouble {
    for (String cluster : weights.keySet()) {
      if (!cluster.equals(stable)
          && !cluster.equals(canary)
          && inForce(cluster, weights, layers) > 0) {
        throw new RouterTrouble(
            Kind.OTHERS_SERVE,
            "the weighted clusters '%s' of Envoy give traffic to %s too; give %s and %s a route of their own"
                .formatted(prefix, cluster, stable, canary));
      }
    }
  }

  /** What is set is taken back by taking it out: what is beneath must give all to stable. */
  private void requireWayBack(Map<String, Long> weights, EnvoyLayers layers) throws RouterTrouble {
    boolean set = Stream.of(stable, canary).map(this::key).anyMatch(layers::changed);
    long toStable = layers.beneath(key(stable), weights.getOrDefault(stable, 0L));
    long toCanary = layers.beneath(key(canary), weights.getOrDefault(canary, 0L));
    if (set && (toCanary > 0 || toStable == 0)) {
      throw new RouterTrouble(
          Kind.CHANGED,
          "runtime values hide that the configuration of Envoy gives %d to %s and %d to %s: let it give all to %s, with 'weight: 0' for %s"
              .formatted(toStable, stable, toCanary, canary, stable, canary));
    }
  }

  private ClusterReading reading(
      String name, JsonNode clusters, Map<String, Long> weights, EnvoyLayers layers)
      throws RouterTrouble {
    for (JsonNode cluster : clusters) {
      if (cluster.path("name").asString("").equals(name)) {
        return ClusterReading.of(cluster, inForce(name, weights, layers));
      }
    }
    throw new RouterTrouble(
        Kind.NO_SERVER, "Envoy has no cluster '%s'; it is in a route alone".formatted(name));
  }
}
