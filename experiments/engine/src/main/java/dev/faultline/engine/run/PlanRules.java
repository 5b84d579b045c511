package dev.faultline.engine.run;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.model.plan.Plan;

/** Judges plans, before anything is touched. Thread-safe. */
@FunctionalInterface
public interface PlanRules {

  /** Lets every plan pass. */
  PlanRules NONE = (_, plan) -> plan;

  /**
   * Judges a plan.
   *
   * @return the plan, with notes for its reader where something is worth one
   * @throws Unplannable when it must not be carried out
   */
  Plan require(LoadedExperiment experiment, Plan plan) throws Unplannable;
}
