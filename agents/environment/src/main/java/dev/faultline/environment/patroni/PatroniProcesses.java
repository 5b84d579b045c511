package dev.faultline.environment.patroni;

import dev.faultline.environment.database.AtRest;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.node.ProcessIdentity;
import java.util.Optional;

/**
 * The processes of a cluster, as targets name them.
 *
 * @param plan the cluster
 * @param cluster what was started
 */
record PatroniProcesses(PatroniPlan plan, PatroniStart.Started cluster) {

  /** What stands behind a name now; empty when it is no name of a process. */
  Optional<ProcessInstance> named(String name) {
    return PatroniPlan.atRest(plan.name(), plan.spec()).stream()
        .filter(rest -> rest.name().equals(name))
        .findFirst()
        .map(rest -> AtRest.alive(rest, process(name)));
  }

  private Optional<ProcessIdentity> process(String name) {
    if (name.equals(PatroniPlan.etcd(plan.name()))) {
      return cluster.etcd().identity();
    }
    for (PatroniMember member : cluster.roster().all()) {
      if (name.equals(PatroniPlan.agent(member.name()))) {
        return member.node().agent();
      }
    }
    return cluster.roster().named(name).flatMap(member -> member.node().server());
  }
}
