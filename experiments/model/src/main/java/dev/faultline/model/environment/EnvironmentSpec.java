package dev.faultline.model.environment;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Key;
import dev.faultline.model.codec.OneOf;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where targets and measurements are found.
 *
 * @param place where targets are found; this machine where only databases are stated
 * @param prometheus where SLO queries go; a lab brings its own
 * @param load the load of every experiment that states none
 * @param databases databases that run already, by name
 * @param base another environment that this one takes over, key by key; it is merged when the file
 *     is read, and then empty
 */
public record EnvironmentSpec(
    @OneOf(impliedBy = "databases", implied = "local") Place place,
    Optional<PrometheusEndpoint> prometheus,
    Optional<Load> load,
    Map<String, Database> databases,
    @Key("extends") Optional<String> base) {

  private static final Duration SCRAPE = Duration.ofSeconds(1);

  /** An environment that extends none. */
  public EnvironmentSpec(
      Place place,
      Optional<PrometheusEndpoint> prometheus,
      Optional<Load> load,
      Map<String, Database> databases) {
    this(place, prometheus, load, databases, Optional.empty());
  }

  /** How far apart metrics come; a second where nothing is said. */
  public Duration scrape() {
    Optional<Duration> said =
        place instanceof Lab lab
            ? lab.prometheus().flatMap(Lab.LabPrometheus::scrapeInterval)
            : prometheus.flatMap(PrometheusEndpoint::scrapeInterval);
    return said.orElse(SCRAPE);
  }

  /** Refuses names that cannot be names, and one that stands for two databases. */
  public EnvironmentSpec {
    databases = Map.copyOf(databases);
    if (prometheus.flatMap(PrometheusEndpoint::service).isPresent()
        && !(place instanceof Kubernetes)) {
      throw new InvalidValue(
          "prometheus/service",
          "a service is found in a cluster, in an environment with 'kubernetes'; use 'url'");
    }
    if (load.isPresent() && !load.get().steps().isEmpty()) {
      throw new InvalidValue(
          "load/steps", "the load of an environment has a 'rate'; steps belong to an experiment");
    }
    if (load.flatMap(Load::pods).isPresent()
        && !(place instanceof Kubernetes cluster && cluster.agent().isPresent())) {
      throw new InvalidValue(
          "load/pods",
          "pods make a load only in an environment with 'kubernetes' that has 'agent: {image: ...}'");
    }
    for (String name : new TreeSet<>(databases.keySet())) {
      if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}")) {
        throw new InvalidValue(
            "databases/" + name,
            "'%s' cannot name a database: letters, digits, '-', '_', '.', 63 in all"
                .formatted(name));
      }
      if (place instanceof Lab lab && lab.databases().containsKey(name)) {
        throw new InvalidValue(
            "databases/" + name, "the lab has a database called '%s' too".formatted(name));
      }
    }
  }
}
