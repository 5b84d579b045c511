package dev.faultline.model.fault;

import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.codec.InvalidValue;
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
 * Ends a process, or the first one of a container of a pod, as a crash does.
 *
 * @param signal one of {@code kill}, {@code term} or {@code int}; {@code kill} when absent
 * @param container which container of a pod; may be absent where it has one only
 */
public record Kill(Optional<ProcessSignal> signal, Optional<String> container) implements Fault {

  /** Ends a process that is in no container. */
  public Kill(Optional<ProcessSignal> signal) {
    this(signal, Optional.empty());
  }

  /** Refuses signals that do not end a process. */
  public Kill {
    Pods.checkContainer(container);
    if (signal.isPresent()
        && (signal.get() == ProcessSignal.STOP || signal.get() == ProcessSignal.CONT)) {
      throw new InvalidValue(
          "signal",
          "this signal does not end a process; use kill, term or int, or the fault freeze");
    }
  }

  @Override
  public boolean instant() {
    return true;
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
    return Optional.of(AgentWork.SIGNAL);
  }

  @Override
  public String words() {
    return "kill%s (SIG%s)"
        .formatted(
            container.map(" container "::concat).orElse(""), signal.orElse(ProcessSignal.KILL));
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    if (target instanceof Instance.PodNetwork pod) {
      return ContainerSteps.kill(container, signal.orElse(ProcessSignal.KILL), pod);
    }
    Processes.refuseContainer(container, target);
    ProcessRef process = Processes.of(target);
    Proof gone =
        new Proof(
            new Query.ProcessStatus(process),
            new Expectation.ProcessIn(Set.of(ProcessState.GONE)),
            Duration.ofSeconds(10));
    return List.of(
        new Step(
            new Action.SendSignal(process, signal.orElse(ProcessSignal.KILL)),
            Optional.of(gone),
            Optional.empty()));
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return List.of(
        new EndsBy(
            EndsBy.Layer.INSTANT,
            Optional.of(Duration.ZERO),
            "over at once; whatever supervises the process starts it again"));
  }

  @Override
  public List<EndsBy> endsBy(Instance target, Setting setting) {
    return target instanceof Instance.PodNetwork
        ? List.of(
            new EndsBy(
                EndsBy.Layer.INSTANT,
                Optional.of(Duration.ZERO),
                "over at once; the kubelet starts the container again, as its pod says"))
        : endsBy(setting);
  }
}
