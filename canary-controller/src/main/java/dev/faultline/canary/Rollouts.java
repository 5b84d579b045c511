package dev.faultline.canary;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.run.Course;
import dev.faultline.engine.run.Courses;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.plan.Plan;
import java.time.Duration;

/** Lets an engine run rollouts beside experiments. Thread-safe. */
public final class Rollouts implements Courses {

  private static final Duration SCRAPE = Duration.ofSeconds(1);

  @Override
  public Course of(LoadedExperiment experiment, Plan plan, Crew crew) {
    return experiment
        .rollout()
        .<Course>map(spec -> new RolloutCourse(spec, crew, scrape(experiment.environment())))
        .orElseGet(() -> Courses.EXPERIMENTS.of(experiment, plan, crew));
  }

  private static Duration scrape(EnvironmentSpec environment) {
    return environment.place() instanceof Lab lab
        ? lab.prometheus().flatMap(Lab.LabPrometheus::scrapeInterval).orElse(SCRAPE)
        : environment.prometheus().flatMap(PrometheusEndpoint::scrapeInterval).orElse(SCRAPE);
  }
}
