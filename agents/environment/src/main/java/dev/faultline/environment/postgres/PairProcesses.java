package dev.faultline.environment.postgres;

import dev.faultline.environment.database.AtRest;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.node.ProcessIdentity;
import java.util.Optional;

/**
 * The processes of a database, as targets name them.
 *
 * @param plan the database
 * @param members its nodes
 */
record PairProcesses(PairPlan plan, Members members) {

  /** What stands behind a name now; empty when it is no name of a process. */
  Optional<ProcessInstance> named(String name) {
    return PairPlan.atRest(plan.name(), plan.spec()).stream()
        .filter(rest -> rest.name().equals(name))
        .findFirst()
        .map(rest -> AtRest.alive(rest, process(name)));
  }

  private Optional<ProcessIdentity> process(String name) {
    return name.equals(PairPlan.walsender(plan.name()))
        ? members.primary().node().walsender()
        : members.named(name).flatMap(member -> member.node().identity());
  }
}
