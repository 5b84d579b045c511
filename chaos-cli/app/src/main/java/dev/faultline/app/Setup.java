package dev.faultline.app;

import dev.faultline.canary.Rollouts;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.run.Clock;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Means;
import dev.faultline.engine.run.PlanRules;
import dev.faultline.environment.Environments;
import dev.faultline.environment.hands.RunPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Wires the rooms together. */
final class Setup {

  private Setup() {}

  static RunStore store(Console console) {
    return new RunStore(console.state());
  }

  /** The run of this id, or the only one whose id has that in it. */
  static RunFolder run(RunStore store, String id) throws IOException, UsageError {
    return store
        .find(id)
        .orElseThrow(
            () ->
                new UsageError(
                    "no run is called " + id,
                    "none, or more than one, has that in its id",
                    "see 'faultline status'"));
  }

  static Engine engine(Console console) {
    return engine(console, PlanRules.NONE);
  }

  static Engine engine(Console console, PlanRules rules) {
    return engine(console, store(console), rules);
  }

  /**
   * An engine whose runs are in that store: another user's of this machine, or one that engines of
   * a process share, as it knows the locks it holds.
   */
  static Engine engine(Console console, RunStore store, PlanRules rules) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new Engine(
        new Means(
            store,
            (environment, wiring, run, base, sightings) ->
                Environments.open(
                    environment,
                    wiring,
                    new RunPlace(run.id(), run.path(), base, console.cache(), java),
                    sightings),
            Clock.system(),
            new Rollouts(),
            Executors::newVirtualThreadPerTaskExecutor,
            rules,
            host(),
            version()));
  }

  static String version() {
    return Optional.ofNullable(Setup.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  private static String host() {
    Runtime machine = Runtime.getRuntime();
    return "%s %s %s, %d processors, Java %s"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"),
            machine.availableProcessors(),
            Runtime.version());
  }

  /** Who gives this command, as journals and others are told. */
  static String user() {
    return System.getProperty("user.name", "somebody");
  }
}
