package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.agent.AgentPods;
import dev.faultline.environment.kubernetes.agent.AgentTrouble;
import dev.faultline.environment.kubernetes.agent.ContainerHolder;
import dev.faultline.environment.kubernetes.agent.ContainerHolder.Held;
import dev.faultline.environment.kubernetes.agent.PodTarget;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.cluster.ContainerRef;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.PodPlace;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.PodAction;
import dev.faultline.model.world.PodQuery;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import dev.faultline.node.cluster.ObjectUndo;
import dev.faultline.node.pod.ContainerWork;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The agents of a run for containers of pods, one for each container that is frozen, and one for
 * each signal. Those that an earlier process of the same run has made are found by their marks in
 * the cluster. Thread-safe; containers do not wait for each other.
 */
final class ContainerAgents implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

  /** One that sends a signal is not needed any longer. */
  private static final Duration SIGNALS_WITHIN = Duration.ofSeconds(30);

  /** Of a freeze at a pod. */
  private record Key(String pod, String name) {}

  private final AgentSource source;
  private final AgentPods pods;
  private final Map<Key, ContainerFreeze> frozen = new ConcurrentHashMap<>();

  ContainerAgents(AgentSource source) {
    this.source = source;
    this.pods = source.pods();
  }

  /** Sends a signal to the first process of a container, by an agent that is ended at once. */
  Effect signal(PodAction.SignalContainer order) {
    PodTarget target;
    try {
      target = target(order.pod(), order.container());
    } catch (AgentTrouble none) {
      return none.isOver() ? new Effect.Superseded(words(none)) : failed(none);
    }
    try {
      return signal(order, target);
    } catch (AgentTrouble refused) {
      return failed(refused);
    } catch (InterruptedException cut) {
      return interrupted();
    }
  }

  private Effect signal(PodAction.SignalContainer order, PodTarget target)
      throws AgentTrouble, InterruptedException {
    String container = order.container().name();
    ContainerHolder agent =
        pods.start(
            source.plan(SIGNALS_WITHIN, order.pod().longest()),
            target,
            AgentWork.SIGNAL,
            ObjectUndo.label("signal-" + container),
            STARTS_WITHIN);
    try {
      return new Effect.Done(
          "%s, the first process of container %s of pod %s"
              .formatted(agent.put(work(order.signal())), container, order.pod().pod().name()));
    } finally {
      boolean _ = agent.end(ENDS_WITHIN);
    }
  }

  private static ContainerWork work(ProcessSignal signal) throws AgentTrouble {
    return switch (signal) {
      case KILL -> ContainerWork.KILL;
      case TERM -> ContainerWork.TERM;
      case INT -> ContainerWork.INT;
      case STOP, CONT -> throw AgentTrouble.of("no container is sent SIG" + signal);
    };
  }

  private PodTarget target(PodPlace pod, ContainerRef container) throws AgentTrouble {
    return PodTarget.ofContainer(source.pod(pod.pod()), container.id());
  }

  /** Has all processes of a container stand still. */
  Effect freeze(PodAction.FreezeContainer order) {
    try {
      frozen
          .computeIfAbsent(key(order.pod(), order.name()), _ -> new ContainerFreeze())
          .begin(order.lease(), () -> start(order));
      return new Effect.Done(
          "container %s of pod %s stands still"
              .formatted(order.container().name(), order.pod().pod().name()));
    } catch (AgentTrouble refused) {
      return failed(refused);
    } catch (InterruptedException cut) {
      return interrupted();
    }
  }

  private ContainerHolder start(PodAction.FreezeContainer order)
      throws AgentTrouble, InterruptedException {
    return pods.start(
        source.plan(order.lease(), order.pod().longest()),
        target(order.pod(), order.container()),
        AgentWork.FREEZE,
        ObjectUndo.label(order.name()),
        STARTS_WITHIN);
  }

  private static Key key(PodPlace pod, String name) {
    return new Key(pod.pod().uid(), name);
  }

  /** Lets a container go on, and ends the agent; also one of an earlier process of this run. */
  Effect release(PodAction.ReleaseContainer order) {
    ContainerFreeze freeze = frozen.get(key(order.pod(), order.name()));
    try {
      if (freeze != null && !freeze.release(ENDS_WITHIN)) {
        return new Effect.Failed(
            "the agent at pod %s does not end".formatted(order.pod().pod().name()));
      }
      // One may be there of which this process never heard, as when an answer was lost.
      ObjectRef pod = order.pod().pod();
      var left =
          pods.end(
              source.namespace(),
              source.run(),
              pod.uid(),
              Optional.of(ObjectUndo.label(order.name())),
              ENDS_WITHIN);
      return left.isEmpty()
          ? new Effect.Done(
              "nothing keeps container %s of pod %s still"
                  .formatted(order.container().name(), pod.name()))
          : new Effect.Failed("agents are left: " + String.join(", ", left));
    } catch (AgentTrouble silent) {
      return failed(silent);
    } catch (InterruptedException cut) {
      return interrupted();
    }
  }

  /** How the processes stand that are held, or were. */
  Answer status(PodQuery.FrozenContainer query) {
    ContainerFreeze freeze = frozen.get(key(query.pod(), query.name()));
    try {
      Optional<Held> held = freeze == null ? Optional.empty() : freeze.reading();
      if (held.isPresent()) {
        return new Answer.ProcessIs(state(held.get()));
      }
      // An agent of an earlier process does not answer to us; but where there is none, all go on.
      boolean strays =
          pods.isBeside(
              source.namespace(),
              source.run(),
              query.pod().pod().uid(),
              Optional.of(ObjectUndo.label(query.name())));
      return strays
          ? new Answer.Unanswered(BlindReason.UNREACHABLE, "an agent is there, and does not say")
          : new Answer.ProcessIs(ProcessState.RUNNING);
    } catch (AgentTrouble silent) {
      return silent.isOver()
          ? new Answer.ProcessIs(ProcessState.RUNNING)
          : new Answer.Unanswered(BlindReason.UNREACHABLE, words(silent));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new Answer.Unanswered(BlindReason.TIMEOUT, "interrupted");
    }
  }

  private static ProcessState state(Held held) {
    if (held.alive() == 0) {
      return ProcessState.GONE;
    }
    return held.still() == held.alive() ? ProcessState.STOPPED : ProcessState.RUNNING;
  }

  /** Whether a container runs still, by its id in the status of its pod. */
  Answer status(PodQuery.ContainerStatus query) {
    try {
      return new Answer.ProcessIs(
          source.pod(query.pod()).getStatus().getContainerStatuses().stream()
                  .anyMatch(status -> runs(status, query.container()))
              ? ProcessState.RUNNING
              : ProcessState.GONE);
    } catch (AgentTrouble none) {
      return none.isOver()
          ? new Answer.ProcessIs(ProcessState.GONE)
          : new Answer.Unanswered(BlindReason.UNREACHABLE, words(none));
    }
  }

  private static boolean runs(ContainerStatus status, ContainerRef container) {
    return container.name().equals(status.getName())
        && status.getState() != null
        && status.getState().getRunning() != null
        && String.valueOf(status.getContainerID()).endsWith("/" + container.id());
  }

  /**
   * Has the leases of all agents prolonged; waits for nothing.
   *
   * @return what is wrong with one of them
   */
  Optional<Effect> renew() {
    Optional<Effect> wrong = Optional.empty();
    for (ContainerFreeze freeze : frozen.values()) {
      Optional<Effect> now = freeze.renew();
      wrong = wrong.or(() -> now);
    }
    return wrong;
  }

  /** Ends all agents, and with them all that they do. */
  @Override
  public void close() {
    frozen.values().forEach(ContainerFreeze::close);
  }

  private static String words(AgentTrouble trouble) {
    return String.valueOf(trouble.getMessage());
  }

  private static Effect failed(AgentTrouble trouble) {
    return new Effect.Failed(words(trouble));
  }

  private static Effect interrupted() {
    Thread.currentThread().interrupt();
    return new Effect.Failed("interrupted");
  }
}
