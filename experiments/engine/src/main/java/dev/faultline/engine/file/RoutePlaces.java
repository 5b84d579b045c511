package dev.faultline.engine.file;

import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.Rollout;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.fault.Shift;
import dev.faultline.model.route.Route;
import java.util.List;

/** Refuses routes that are objects of a cluster where the environment is none. */
final class RoutePlaces {

  private RoutePlaces() {}

  static void require(ExperimentSpec spec, EnvironmentSpec environment, Placed placed)
      throws InvalidFile {
    if (environment.place() instanceof Kubernetes) {
      return;
    }
    List<FaultStep> faults = spec.faults();
    for (int i = 0; i < faults.size(); i++) {
      if (faults.get(i).fault() instanceof Shift shift && shift.route().ofCluster()) {
        throw placed.refuse(
            new Refusal(
                placed.document() instanceof Rollout
                    ? List.of("spec", "route")
                    : List.of("spec", "faults", String.valueOf(i), "shift"),
                Refusal.Spot.KEY,
                words(shift.route())));
      }
    }
  }

  private static String words(Route route) {
    return "%s would be of a cluster, and the environment is none; name one with 'kubernetes'"
        .formatted(route.words());
  }
}
