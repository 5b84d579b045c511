package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.agent.AgentPods;
import dev.faultline.environment.kubernetes.agent.AgentTrouble;
import dev.faultline.environment.kubernetes.agent.ContainerHolder;
import dev.faultline.environment.kubernetes.agent.ContainerHolder.Held;
import dev.faultline.environment.kubernetes.agent.ContainerHolder.Reading;
import dev.faultline.environment.kubernetes.agent.ContainerHolder.Strained;
import dev.faultline.environment.kubernetes.agent.PodTarget;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.cluster.ContainerRef;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.PodPlace;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ContainerStrain;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.PodAction;
import dev.faultline.model.world.PodQuery;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.StrainReading;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.cluster.ObjectUndo;
import dev.faultline.node.host.HostOrder;
import dev.faultline.node.host.HostReading;
import dev.faultline.node.pod.ContainerWork;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The agents of a run for containers of pods, one for each container that is frozen, for all that
 * is held of one, and for each signal. Those that an earlier process of the same run has made are
 * found by their marks in the cluster. Thread-safe; containers do not wait for each other.
 */
final class ContainerAgents implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

  /** One that sends a signal is not needed any longer. */
  private static final Duration SIGNALS_WITHIN = Duration.ofSeconds(30);

  /** Of what lasts at a pod. */
  private record Key(String pod, String name) {}

  private final AgentSource source;
  private final AgentPods pods;
  private final Map<Key, ContainerHold> held = new ConcurrentHashMap<>();

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
      case KILL -> new ContainerWork.Signal(PosixSignal.KILL);
      case TERM -> new ContainerWork.Signal(PosixSignal.TERM);
      case INT -> new ContainerWork.Signal(PosixSignal.INT);
      case STOP, CONT -> throw AgentTrouble.of("no container is sent SIG" + signal);
    };
  }

  private PodTarget target(PodPlace pod, ContainerRef container) throws AgentTrouble {
    return PodTarget.ofContainer(source.pod(pod.pod()), container.id());
  }

  /** Has all processes of a container stand still. */
  Effect freeze(PodAction.FreezeContainer order) {
    return begin(
        new Order(order.pod(), order.container(), order.name(), order.lease()),
        AgentWork.FREEZE,
        new ContainerWork.Freeze(),
        "container %s of pod %s stands still");
  }

  /** Has something be taken of what a container has. */
  Effect strain(PodAction.StrainContainer order) {
    HostOrder what =
        switch (order.what()) {
          case ContainerStrain.ContainerCpu(double share, Optional<Integer> cores, var _) ->
              new HostOrder.Cpu(share, cores.orElse(0));
          case ContainerStrain.ContainerMemory(long bytes, long leave, var _) ->
              new HostOrder.Memory(bytes, leave);
        };
    return begin(
        new Order(order.pod(), order.container(), order.name(), order.lease()),
        AgentWork.STRAIN,
        new ContainerWork.Strain(what),
        "a process in the control groups of container %s of pod %s holds it");
  }

  /** What is common to all that lasts. */
  private record Order(PodPlace pod, ContainerRef container, String name, Duration lease) {}

  private Effect begin(Order order, AgentWork kind, ContainerWork work, String words) {
    try {
      held.computeIfAbsent(key(order.pod(), order.name()), _ -> new ContainerHold())
          .begin(order.lease(), work, () -> start(order, kind));
      return new Effect.Done(words.formatted(order.container().name(), order.pod().pod().name()));
    } catch (AgentTrouble refused) {
      return failed(refused);
    } catch (InterruptedException cut) {
      return interrupted();
    }
  }

  private ContainerHolder start(Order order, AgentWork kind)
      throws AgentTrouble, InterruptedException {
    return pods.start(
        source.plan(order.lease(), order.pod().longest()),
        target(order.pod(), order.container()),
        kind,
        ObjectUndo.label(order.name()),
        STARTS_WITHIN);
  }

  private static Key key(PodPlace pod, String name) {
    return new Key(pod.pod().uid(), name);
  }

  /** Lets a container go on, and ends the agent; also one of an earlier process of this run. */
  Effect release(PodAction.ReleaseContainer order) {
    return end(
        order.pod(), order.container(), order.name(), "nothing keeps container %s of pod %s still");
  }

  /** Frees what is held of a container, likewise. */
  Effect free(PodAction.FreeContainer order) {
    return end(
        order.pod(), order.container(), order.name(), "nothing is held of container %s of pod %s");
  }

  private Effect end(PodPlace place, ContainerRef container, String name, String words) {
    ContainerHold hold = held.get(key(place, name));
    ObjectRef pod = place.pod();
    try {
      if (hold != null && !hold.release(ENDS_WITHIN)) {
        return new Effect.Failed("the agent at pod %s does not end".formatted(pod.name()));
      }
      // One may be there of which this process never heard, as when an answer was lost.
      var left =
          pods.end(
              source.namespace(),
              source.run(),
              pod.uid(),
              Optional.of(ObjectUndo.label(name)),
              ENDS_WITHIN);
      return left.isEmpty()
          ? new Effect.Done(words.formatted(container.name(), pod.name()))
          : new Effect.Failed("agents are left: " + String.join(", ", left));
    } catch (AgentTrouble silent) {
      return failed(silent);
    } catch (InterruptedException cut) {
      return interrupted();
    }
  }

  /** How the processes stand that are held, or were. */
  Answer status(PodQuery.FrozenContainer query) {
    return status(
        query.pod(),
        query.name(),
        reading ->
            new Answer.ProcessIs(
                reading
                    .filter(Held.class::isInstance)
                    .map(held -> state((Held) held))
                    .orElse(ProcessState.RUNNING)));
  }

  /** What is held of a container. */
  Answer status(PodQuery.StrainedContainer query) {
    return status(
        query.pod(),
        query.name(),
        reading ->
            new Answer.StrainIs(
                query.what(),
                reading
                    .filter(Strained.class::isInstance)
                    .map(strained -> strain(((Strained) strained).what()))
                    .orElse(StrainReading.free(0))));
  }

  /**
   * Asks an agent.
   *
   * @param answer to what it says; to nothing where there is none, and so nothing in force
   */
  private Answer status(PodPlace pod, String name, Function<Optional<Reading>, Answer> answer) {
    ContainerHold hold = held.get(key(pod, name));
    try {
      Optional<Reading> reading = hold == null ? Optional.empty() : hold.reading();
      if (reading.isPresent()) {
        return answer.apply(reading);
      }
      // An agent of an earlier process does not answer to us; but where there is none, all is over.
      boolean strays =
          pods.isBeside(
              source.namespace(),
              source.run(),
              pod.pod().uid(),
              Optional.of(ObjectUndo.label(name)));
      return strays
          ? new Answer.Unanswered(BlindReason.UNREACHABLE, "an agent is there, and does not say")
          : answer.apply(Optional.empty());
    } catch (AgentTrouble silent) {
      return silent.isOver()
          ? answer.apply(Optional.empty())
          : new Answer.Unanswered(BlindReason.UNREACHABLE, words(silent));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new Answer.Unanswered(BlindReason.TIMEOUT, "interrupted");
    }
  }

  private static StrainReading strain(HostReading reading) {
    return new StrainReading(true, reading.asked(), reading.held(), reading.left());
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
    for (ContainerHold hold : held.values()) {
      Optional<Effect> now = hold.renew();
      wrong = wrong.or(() -> now);
    }
    return wrong;
  }

  /** Ends all agents, and with them all that they do. */
  @Override
  public void close() {
    held.values().forEach(ContainerHold::close);
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
