package dev.faultline.engine.file;

import dev.faultline.model.environment.EnvironmentSpec;
import java.nio.file.Path;

/**
 * An environment by itself.
 *
 * @param name what it is called
 * @param spec its content
 * @param base the folder that its paths start from
 */
public record LoadedEnvironment(String name, EnvironmentSpec spec, Path base) {}
