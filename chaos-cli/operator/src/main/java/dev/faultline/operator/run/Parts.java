package dev.faultline.operator.run;

import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Result;
import dev.faultline.operator.cluster.ObjectStore;
import dev.faultline.operator.file.ObjectFiles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the runs of objects are made with.
 *
 * @param engines makes an engine for one run; all share one store of journals
 * @param reports is given each run that has ended
 * @param me this replica, and this life of it
 */
record Parts(
    ObjectStore objects,
    ObjectFiles files,
    Supplier<Engine> engines,
    Consumer<Result> reports,
    Figures figures,
    String me,
    InstantSource clock) {

  /** Waits; a thread that is interrupted meanwhile stays so, and does not wait any more. */
  static boolean pause(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
