package dev.faultline.environment;

import dev.faultline.environment.database.Databases;
import dev.faultline.environment.database.named.NamedDatabase;
import dev.faultline.environment.hands.LocalHabitat;
import dev.faultline.environment.hands.RunPlace;
import dev.faultline.environment.lab.LabHabitat;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Local;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Sighting;
import java.util.function.Consumer;

/** The one way from an environment's file to the world that it describes. */
public final class Environments {

  private Environments() {}

  /**
   * The world of an environment. Nothing is started before {@link Habitat#prepare}.
   *
   * @param place where the run keeps its things
   * @param sightings hears what the environment does and sees by itself, from any thread
   */
  public static Habitat open(EnvironmentSpec spec, RunPlace place, Consumer<Sighting> sightings) {
    return switch (spec.place()) {
      case Local local ->
          new LocalHabitat(
              local, databases(spec, place, sightings), spec.prometheus(), place, sightings);
      case Lab lab -> new LabHabitat(lab, place, sightings);
    };
  }

  private static Databases databases(
      EnvironmentSpec spec, RunPlace place, Consumer<Sighting> sightings) {
    return new Databases(
        place.runId(),
        spec.databases().entrySet().stream()
            .map(
                named ->
                    new NamedDatabase(named.getKey(), named.getValue(), place.base(), sightings))
            .toList());
  }
}
