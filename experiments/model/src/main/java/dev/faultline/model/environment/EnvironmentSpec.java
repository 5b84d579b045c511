package dev.faultline.model.environment;

import dev.faultline.model.codec.OneOf;
import java.util.Optional;

/**
 * Where targets and measurements are found.
 *
 * @param place where targets are found
 * @param prometheus where SLO queries go; a lab brings its own
 * @param load the load of every experiment that states none
 */
public record EnvironmentSpec(
    @OneOf Place place, Optional<PrometheusEndpoint> prometheus, Optional<Load> load) {}
