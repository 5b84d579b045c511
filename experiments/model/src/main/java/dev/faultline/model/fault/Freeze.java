package dev.faultline.model.fault;

import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stops a process, or all processes of a container of a pod, where it stands, as a long pause of
 * its garbage collector or its host does.
 *
 * @param container which container of a pod; may be absent where it has one only
 */
public record Freeze(Optional<String> container) implements Fault {

  /** Stops what is in no container. */
  public Freeze() {
    this(Optional.empty());
  }

  /** Refuses what cannot name a container. */
  public Freeze {
    Pods.checkContainer(container);
  }

  @Override
  public boolean instant() {
    return false;
  }

  @Override
  public boolean needsTarget() {
    return true;
  }

  @Override
  public Set<String> aims() {
    return Processes.AIMS_AND_PODS;
  }

  /** A workload is found with its pods, and they alone have containers. */
  @Override
  public boolean hits(Instance found) {
    return !(found instanceof Instance.ObjectInstance);
  }

  @Override
  public Optional<AgentWork> agentWork() {
    return Optional.of(AgentWork.FREEZE);
  }

  @Override
  public String words() {
    return container.map("freeze container "::concat).orElse("freeze");
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    if (target instanceof Instance.PodNetwork pod) {
      return ContainerSteps.freeze(container, pod, setting);
    }
    Processes.refuseContainer(container, target);
    ProcessRef process = Processes.of(target);
    if (target instanceof Instance.ProcessInstance instance
        && instance.state() == ProcessState.STOPPED) {
      throw new FaultRefused(
          "%s is stopped already, and not by this run; let it go on first (kill -CONT)"
              .formatted(process.name()));
    }
    Action goOn = new Action.SendSignal(process, ProcessSignal.CONT);
    Query status = new Query.ProcessStatus(process);
    Step stop =
        new Step(
            new Action.SendSignal(process, ProcessSignal.STOP),
            Optional.of(proof(status, Set.of(ProcessState.STOPPED))),
            Optional.of(
                new Step.Undo(
                    goOn,
                    Optional.of(proof(status, Set.of(ProcessState.RUNNING, ProcessState.GONE))))));
    return List.of(Fuses.around(setting, process.name(), List.of(goOn)), stop);
  }

  private static Proof proof(Query status, Set<ProcessState> states) {
    return new Proof(status, new Expectation.ProcessIn(states), Duration.ofSeconds(5));
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return Fuses.endsBy(setting);
  }

  @Override
  public List<EndsBy> endsBy(Instance target, Setting setting) {
    return target instanceof Instance.PodNetwork pod
        ? ContainerSteps.freezeEndsBy(pod, setting)
        : endsBy(setting);
  }
}
