package dev.faultline.model.environment;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.OneOf;
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
 */
public record EnvironmentSpec(
    @OneOf(impliedBy = "databases", implied = "local") Place place,
    Optional<PrometheusEndpoint> prometheus,
    Optional<Load> load,
    Map<String, Database> databases) {

  /** Refuses names that cannot be names, and one that stands for two databases. */
  public EnvironmentSpec {
    databases = Map.copyOf(databases);
    if (load.isPresent() && !load.get().steps().isEmpty()) {
      throw new InvalidValue(
          "load/steps", "the load of an environment has a 'rate'; steps belong to an experiment");
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
