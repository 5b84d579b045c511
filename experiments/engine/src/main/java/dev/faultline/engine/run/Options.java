package dev.faultline.engine.run;

import dev.faultline.model.plan.Plan;
import java.util.Optional;

/**
 * How a run is to be made.
 *
 * @param control leaves the faults out, to show the noise floor
 * @param approved the plan that was agreed to; the run is refused when it has drifted
 * @param seed fixes every random choice that the experiment leaves open
 */
public record Options(boolean control, Optional<Plan> approved, long seed) {}
