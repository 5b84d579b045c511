package dev.faultline.environment.database;

import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import dev.faultline.model.world.Instance.DatabaseInstance;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
import dev.faultline.node.ProcessIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A database of a lab while it does not run: what plans are made of before the lab is started.
 *
 * @param name what targets call it
 */
public record AtRest(String name) {

  /** What it is, and what can be done to it once it runs. */
  public DatabaseInstance instance(Set<FailoverKind> kinds) {
    return new DatabaseInstance(
        name, owner(), Optional.empty(), Optional.of(new FailoverWay.ByHands(kinds, "the lab")));
  }

  /** One of its processes, with what starts it again, in words. */
  public ProcessInstance process(String process, Optional<String> restart) {
    return new ProcessInstance(process, owner(), Optional.empty(), ProcessState.GONE, restart);
  }

  private String owner() {
    return "lab database " + name;
  }

  /** How its nodes stand. */
  public DatabaseState state(List<String> nodes) {
    return new DatabaseState(nodes.stream().map(AtRest::gone).toList(), Map.of());
  }

  private static DatabaseState.Node gone(String node) {
    return new DatabaseState.Node(
        node, NodeRole.GONE, Optional.empty(), false, Optional.empty(), "its server does not run");
  }

  /** A process with the life that it has now, if any. */
  public static ProcessInstance alive(ProcessInstance rest, Optional<ProcessIdentity> process) {
    ProcessState state = process.map(AtRest::state).orElse(ProcessState.GONE);
    return new ProcessInstance(
        rest.name(),
        rest.owner(),
        process
            .filter(_ -> state != ProcessState.GONE)
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
