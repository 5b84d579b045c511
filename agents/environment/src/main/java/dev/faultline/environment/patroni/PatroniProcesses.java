package dev.faultline.environment.patroni;

import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
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
        .map(rest -> alive(rest, process(name)));
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

  private static ProcessInstance alive(ProcessInstance rest, Optional<ProcessIdentity> process) {
    ProcessState state = process.map(PatroniProcesses::state).orElse(ProcessState.GONE);
    return new ProcessInstance(
        rest.name(),
        rest.owner(),
        process
            .filter(known -> state != ProcessState.GONE)
            .map(known -> new ProcessRef(rest.name(), known.text())),
        state,
        rest.restart());
  }

  private static ProcessState state(ProcessIdentity process) {
    return switch (process.state()) {
      case RUNNING -> ProcessState.RUNNING;
      case STOPPED -> ProcessState.STOPPED;
      case GONE -> ProcessState.GONE;
    };
  }
}
