package dev.faultline.canary;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.run.Course;
import dev.faultline.engine.run.Courses;
import dev.faultline.model.plan.Plan;

/** Lets an engine run rollouts beside experiments. Thread-safe. */
public final class Rollouts implements Courses {

  @Override
  public Course of(LoadedExperiment experiment, Plan plan, Crew crew) {
    return experiment
        .rollout()
        .<Course>map(spec -> new RolloutCourse(spec, crew, experiment.environment().scrape()))
        .orElseGet(() -> Courses.EXPERIMENTS.of(experiment, plan, crew));
  }
}
