package dev.faultline.operator.run;

import dev.faultline.operator.cluster.ObjectStore;
import dev.faultline.operator.file.ObjectFiles;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the runs of objects are made with.
 *
 * @param me this replica, and this life of it
 */
record Parts(
    ObjectStore objects,
    ObjectFiles files,
    Operator.Runs runs,
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
