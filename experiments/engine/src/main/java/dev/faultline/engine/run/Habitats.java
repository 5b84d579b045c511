package dev.faultline.engine.run;

import dev.faultline.engine.journal.RunFolder;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Wiring;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Opens the world that an environment describes; opening starts and touches nothing. */
@FunctionalInterface
public interface Habitats {

  /**
   * Opens a world.
   *
   * @param wiring the links that the run wants to disturb
   * @param run whose marks its actions carry, and where it keeps its things
   * @param base the folder that paths of the environment start from
   * @param sightings takes what the environment does and sees by itself, from any thread
   */
  Habitat open(
      EnvironmentSpec environment,
      Wiring wiring,
      RunFolder run,
      Path base,
      Consumer<Sighting> sightings);
}
