package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Outcome;
import dev.faultline.model.cluster.AgentWay;
import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.codec.Words;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.ObjectFault;
import dev.faultline.model.fault.PodFault;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How agents come to the pods that they disturb: the first way that the API server lets be, which
 * is asked for each pod.
 */
final class AgentNeeds {

  /** How long the start of agents and the ends of faults may take in all. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final World world;
  private final LoadedExperiment experiment;
  private final Map<AgentWork, Set<AgentWay>> ways = new EnumMap<>(AgentWork.class);
  private final Map<AgentWay, String> refusals = new EnumMap<>(AgentWay.class);

  AgentNeeds(World world, LoadedExperiment experiment) {
    this.world = world;
    this.experiment = experiment;
  }

  /**
   * The same things, where pods that an agent is needed for are those that one can come to.
   *
   * @throws Unplannable when no agent can come to one of them
   */
  List<Instance> reach(FaultStep step, List<Instance> found) throws Unplannable {
    List<Instance> reached = new ArrayList<>();
    Optional<AgentWork> work = step.fault().agentWork();
    for (Instance instance : found) {
      reached.add(
          work.isPresent() && instance instanceof Instance.PodInstance pod
              ? new Instance.PodNetwork(pod, way(step, pod, work.get()), longest())
              : instance);
    }
    return List.copyOf(reached);
  }

  private AgentWay way(FaultStep step, Instance.PodInstance pod, AgentWork work)
      throws Unplannable {
    Kubernetes.Agent agent =
        agent()
            .orElseThrow(
                () ->
                    unplannable(
                        step,
                        "the environment does not say which image agents are made of; add"
                            + " 'agent: {image: IMAGE}' to 'kubernetes'"));
    List<String> why = new ArrayList<>();
    for (AgentWay way : agent.way().map(List::of).orElse(List.of(AgentWay.values()))) {
      Optional<String> hindrance = work.hindrance(way);
      Optional<String> lacking =
          hindrance.isPresent()
              ? hindrance
              : lacking(step, new Query.AgentPossible(pod.object(), way, work));
      if (lacking.isEmpty()) {
        ways.computeIfAbsent(work, _ -> EnumSet.noneOf(AgentWay.class)).add(way);
        return way;
      }
      why.add("%s: %s".formatted(way.words(), lacking.get()));
      refusals.put(way, lacking.get());
    }
    throw unplannable(
        step, "no agent can come to pod %s; %s".formatted(pod.name(), String.join("; ", why)));
  }

  private Optional<Kubernetes.Agent> agent() {
    return experiment.environment().place() instanceof Kubernetes cluster
        ? cluster.agent()
        : Optional.empty();
  }

  private Optional<String> lacking(FaultStep step, Query.AgentPossible query) throws Unplannable {
    return switch (world.ask(query)) {
      case Answer.PacketsAre(Optional<String> lacking) -> lacking;
      case Answer.Unanswered none ->
          throw notReady(step, "%s: %s".formatted(none.reason().words(), none.detail()));
      default -> throw notReady(step, "it is not known whether an agent can be made");
    };
  }

  /** No agent need live longer than all faults one after the other. */
  private Duration longest() {
    return experiment.spec().disturbances().stream()
        .map(step -> step.start().orElse(Duration.ZERO).plus(step.lasts().orElse(Duration.ZERO)))
        .reduce(MARGIN, Duration::plus)
        .plus(experiment.spec().lease().orElse(Duration.ZERO));
  }

  private static Unplannable unplannable(FaultStep step, String why) {
    return notReady(step, "%s. Without agents there are %s".formatted(why, withoutAgents()));
  }

  private static String withoutAgents() {
    return Words.of(Fault.class).entrySet().stream()
        .filter(
            word ->
                PodFault.class.isAssignableFrom(word.getValue())
                    || ObjectFault.class.isAssignableFrom(word.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static Unplannable notReady(FaultStep step, String why) {
    return new Unplannable(Outcome.NOT_READY, "fault %s: %s".formatted(step.title(), why));
  }

  /** What is made in the cluster for the run, for whoever reads the plan. */
  List<String> notes() {
    return ways.entrySet().stream()
        .flatMap(one -> one.getValue().stream().map(way -> note(one.getKey(), way)))
        .toList();
  }

  private String note(AgentWork work, AgentWay way) {
    Kubernetes.Agent agent = agent().orElseThrow();
    return switch (way) {
      case POD ->
          ("%s by agents of image %s, each in a pod of its own%s on the node of its target, which"
                  + " sees the processes of that node (%s). It is deleted with the last fault of its"
                  + " target.")
              .formatted(
                  work.words(),
                  agent.image(),
                  agent.namespace().map(" in namespace %s"::formatted).orElse(""),
                  work.rights());
      case EPHEMERAL_CONTAINER ->
          ("Packets of pods are disturbed by agents of image %s, each in an ephemeral container of"
                  + " its target (NET_ADMIN, NET_RAW). It ends with the last fault of its target, but"
                  + " stays in the spec of that pod as long as the pod lives: Kubernetes takes none"
                  + " away.%s")
              .formatted(
                  agent.image(),
                  Optional.ofNullable(refusals.get(AgentWay.POD))
                      .map(" A pod beside it is not possible: %s"::formatted)
                      .orElse(""));
    };
  }
}
