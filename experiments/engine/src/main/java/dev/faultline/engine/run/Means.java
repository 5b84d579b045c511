package dev.faultline.engine.run;

import dev.faultline.engine.journal.RunStore;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * What an engine works with.
 *
 * @param store where journals are kept
 * @param habitats opens the world of an environment
 * @param clock time
 * @param courses the ways of runs
 * @param workers gives a run the threads that ask and act
 * @param rules judge each plan
 * @param host the machine in words, for reports
 * @param version the version of Faultline, for reports
 */
public record Means(
    RunStore store,
    Habitats habitats,
    Clock clock,
    Courses courses,
    Supplier<ExecutorService> workers,
    PlanRules rules,
    String host,
    String version) {

  /** Without any rules for plans. */
  public Means(
      RunStore store,
      Habitats habitats,
      Clock clock,
      Courses courses,
      Supplier<ExecutorService> workers,
      String host,
      String version) {
    this(store, habitats, clock, courses, workers, PlanRules.NONE, host, version);
  }
}
