package dev.faultline.environment.database;

import dev.faultline.environment.lives.Lives;
import dev.faultline.model.world.Sighting;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** A database of a lab with its place and ports, ready to be started. */
public interface DatabasePlan {

  /** What processes of the lab may be told, by the name of its placeholder; no secrets. */
  Map<String, String> placeholders();

  /**
   * The database; nothing is started yet.
   *
   * @param cache a folder that outlives the run, for what is costly to make again
   * @param lives starts its servers
   * @param sightings hears what it does by itself, from any thread
   */
  StartedDatabase build(Path cache, Lives lives, Consumer<Sighting> sightings);
}
