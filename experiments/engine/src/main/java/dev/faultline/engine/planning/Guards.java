package dev.faultline.engine.planning;

import dev.faultline.judge.Outcome;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.plan.Acceptance;
import dev.faultline.model.plan.Plan.PlannedFault;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Refuses faults that nothing would end if Faultline died and nobody came. */
final class Guards {

  private static final Set<EndsBy.Layer> ALONE =
      EnumSet.of(EndsBy.Layer.INSTANT, EndsBy.Layer.LEASE, EndsBy.Layer.FUSE, EndsBy.Layer.KERNEL);

  private Guards() {}

  /**
   * Looks at what ends each fault.
   *
   * @param lacking what else could end one, as the end of a sentence; may be empty
   * @throws Unplannable when one only ends by the run or by a later one, and the user has not
   *     accepted that
   */
  static void require(List<PlannedFault> faults, Set<Acceptance> accepted, String lacking)
      throws Unplannable {
    if (accepted.contains(Acceptance.NO_LEASE)) {
      return;
    }
    for (PlannedFault fault : faults) {
      if (fault.endsBy().stream().noneMatch(ends -> ALONE.contains(ends.layer()))) {
        throw new Unplannable(
            Outcome.REFUSED,
            "fault %s: if Faultline died, it would stay until somebody runs 'faultline undo':"
                    .formatted(fault.name())
                + " nothing else ends it"
                + lacking
                + ". Where that will do, say so with '--accept no-lease'");
      }
    }
  }
}
