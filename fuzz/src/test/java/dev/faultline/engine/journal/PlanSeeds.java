package dev.faultline.engine.journal;

import dev.faultline.model.event.Event;
import dev.faultline.model.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** The plans of the journals of the tests. */
public final class PlanSeeds {

  private PlanSeeds() {}

  /** Every plan that was journaled. */
  public static List<Plan> plans() {
    return Samples.entries().stream()
        .flatMap(
            entry ->
                entry.event() instanceof Event.Planned planned
                    ? Stream.of(planned.plan())
                    : Stream.empty())
        .toList();
  }
}
