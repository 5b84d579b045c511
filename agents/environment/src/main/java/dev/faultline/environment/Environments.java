package dev.faultline.environment;

import dev.faultline.environment.hands.LocalHabitat;
import dev.faultline.environment.hands.RunPlace;
import dev.faultline.environment.lab.LabHabitat;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Local;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Sighting;
import java.util.function.Consumer;

/** Opens the world that an environment describes. */
public final class Environments {

  private Environments() {}

  /**
   * Opens a world; starts and touches nothing.
   *
   * @param sightings is told what the environment does and notices, from any thread
   */
  public static Habitat open(EnvironmentSpec spec, RunPlace place, Consumer<Sighting> sightings) {
    return switch (spec.place()) {
      case Lab lab -> new LabHabitat(lab, place, sightings);
      case Local local -> new LocalHabitat(local, spec.prometheus(), place, sightings);
    };
  }
}
