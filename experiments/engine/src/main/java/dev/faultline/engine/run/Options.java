package dev.faultline.engine.run;

import dev.faultline.model.plan.Acceptance;
import dev.faultline.model.plan.Plan;
import java.util.Optional;
import java.util.Set;

/**
 * How a run is to be made.
 *
 * @param control leaves the faults out, to show the noise floor
 * @param approved the plan that was agreed to; the run is refused when it has drifted
 * @param seed fixes every random choice that the experiment leaves open
 * @param accepted what the user takes upon himself
 * @param id what the run is to be called; made up when absent, and refused when it was ever taken
 */
public record Options(
    boolean control,
    Optional<Plan> approved,
    long seed,
    Set<Acceptance> accepted,
    Optional<String> id) {

  /** Keeps the set unchangeable. */
  public Options {
    accepted = Set.copyOf(accepted);
  }

  /** Where the id does not matter. */
  public Options(boolean control, Optional<Plan> approved, long seed, Set<Acceptance> accepted) {
    this(control, approved, seed, accepted, Optional.empty());
  }

  /** Where the user accepts nothing that is refused otherwise. */
  public Options(boolean control, Optional<Plan> approved, long seed) {
    this(control, approved, seed, Set.of());
  }
}
