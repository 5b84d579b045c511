package dev.faultline.environment.hands;

import java.nio.file.Path;

/**
 * Where a run keeps its things.
 *
 * @param runId marks everything that belongs to the run
 * @param folder the run's own folder, readable by its user only
 * @param base the folder of the environment's file; programs of the user's are run in it
 * @param cache a folder that outlives the run, for what is costly to make again
 * @param java the {@code java} executable that runs Faultline
 */
public record RunPlace(String runId, Path folder, Path base, Path cache, Path java) {}
