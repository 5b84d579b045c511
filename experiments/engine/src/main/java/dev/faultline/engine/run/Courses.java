package dev.faultline.engine.run;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.Approvals;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.World;
import java.util.concurrent.Executor;

/** Knows which way a run goes. */
@FunctionalInterface
public interface Courses {

  /** That of experiments: faults by the clock. */
  Courses EXPERIMENTS = (_, _, _) -> Timeline::due;

  /** The way of one run. */
  Course of(LoadedExperiment experiment, Plan plan, Crew crew);

  /**
   * What a way may use.
   *
   * @param world where questions go
   * @param recorder takes what happens
   * @param workers for what takes time
   * @param approvals what people said of it
   */
  record Crew(World world, Recorder recorder, Executor workers, Approvals approvals) {}
}
