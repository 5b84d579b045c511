package dev.faultline.engine.run;

import dev.faultline.engine.run.Stepper.Applied;
import dev.faultline.model.event.Entry;
import dev.faultline.model.summary.RunSummary;
import java.util.List;

/** What a run may have left in force, by its events. */
final class Open {

  private Open() {}

  /** In the order in which it was intended. */
  static List<Applied> of(List<Entry> entries) {
    return RunSummary.of(entries).open().stream()
        .map(step -> new Applied(step.ref(), step.step()))
        .toList();
  }
}
