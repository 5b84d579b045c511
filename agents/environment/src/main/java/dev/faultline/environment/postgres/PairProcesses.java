package dev.faultline.environment.postgres;

import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
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
        .map(rest -> alive(rest, process(name)));
  }

  private Optional<ProcessIdentity> process(String name) {
    return name.equals(PairPlan.walsender(plan.name()))
        ? members.primary().node().walsender()
        : members.named(name).flatMap(member -> member.node().identity());
  }

  private static ProcessInstance alive(ProcessInstance rest, Optional<ProcessIdentity> process) {
    ProcessState state = process.map(PairProcesses::state).orElse(ProcessState.GONE);
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
