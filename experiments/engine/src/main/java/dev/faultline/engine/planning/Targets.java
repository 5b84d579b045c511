package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Words;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.environment.Hosts;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.fault.HostFault;
import dev.faultline.model.fault.NetworkFault;
import dev.faultline.model.fault.PodFault;
import dev.faultline.model.plan.Plan.PlannedTarget;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Select;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds what the faults of an experiment would disturb. */
record Targets(World world, LoadedExperiment experiment) {

  private static final Set<Target.Pick> IN_CLUSTER_PICKS =
      EnumSet.complementOf(EnumSet.of(Target.Pick.FIRST, Target.Pick.RANDOM));
  private static final Set<String> IN_CLUSTER =
      Set.of(
          "pod", "deployment", "statefulSet", "daemonSet", "configMap", "leader", "labels", "node");

  /**
   * The things that a fault of the experiment would disturb at this moment; at least one.
   *
   * @throws Unplannable when there is none, or one of those named is not there
   */
  List<Instance> chosen(FaultStep step, long seed) throws Unplannable {
    if (step.target().isEmpty()) {
      requireHere(step);
      return List.of(new Instance.Here());
    }
    List<Instance> chosen = step.target().get().choose(found(step), seed);
    if (chosen.isEmpty()) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "fault %s: %s stands for nothing that runs"
              .formatted(step.title(), step.target().get().words()));
    }
    return chosen;
  }

  /**
   * Where there are hosts or nodes, nobody means the machine that Faultline runs on without a word.
   */
  private void requireHere(FaultStep step) throws Unplannable {
    if (step.fault() instanceof HostFault
        && experiment.environment().place() instanceof Hosts hosts) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "fault %s: which host is meant? Add 'target: {host: %s}'"
              .formatted(step.title(), hosts.names().getFirst()));
    }
    if (step.fault() instanceof HostFault
        && experiment.environment().place() instanceof Kubernetes) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "fault %s: in a cluster no machine can be meant; take an environment with 'local: {}'"
              .formatted(step.title()));
    }
  }

  /**
   * All that a fault could disturb at this moment, before anything is chosen of it.
   *
   * @throws Unplannable when one of those named is not there, or it cannot be looked
   */
  List<Instance> found(FaultStep step) throws Unplannable {
    requireHosts(step);
    if (step.target().flatMap(target -> target.as(Select.class)).isPresent()) {
      requirePlace(step);
    }
    if (step.fault() instanceof NetworkFault fault) {
      if (experiment.environment().place() instanceof Lab) {
        return new LinkTargets(world, experiment.environment()).of(step);
      }
      requirePackets(step, fault);
    }
    if (experiment.environment().place() instanceof Hosts hosts
        && step.target().orElseThrow().database().isEmpty()) {
      return new HostTargets(world, hosts, step).found();
    }
    requirePlace(step);
    Target target = step.target().orElseThrow();
    Facts facts = world.facts(target);
    if (facts.trouble().isPresent()) {
      throw new Unplannable(
          Outcome.NOT_READY, "fault %s: %s".formatted(step.title(), facts.trouble().get()));
    }
    if (!facts.missing().isEmpty()) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "fault %s: %s"
              .formatted(
                  step.title(),
                  Words.unknown(
                      step.target().orElseThrow().database().isEmpty() ? "target" : "database",
                      facts.missing().getFirst(),
                      new TreeSet<>(facts.known()))));
    }
    return facts.instances().stream().filter(step.fault()::hits).toList();
  }

  /** What is in clusters alone is looked for in no other place. */
  private void requirePlace(FaultStep step) throws Unplannable {
    boolean cluster = experiment.environment().place() instanceof Kubernetes;
    Target target = step.target().orElseThrow();
    boolean ofCluster =
        IN_CLUSTER.contains(target.kind())
            || !target.node().isEmpty()
            || target.zone().isPresent()
            || target.pick().filter(IN_CLUSTER_PICKS::contains).isPresent()
            || target.follows()
            || target.as(Select.class).isPresent()
            || step.fault() instanceof PodFault;
    if (ofCluster && !cluster) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "fault %s: the environment has no cluster; its place must be 'kubernetes'"
              .formatted(step.title()));
    }
  }

  private void requireHosts(FaultStep step) throws Unplannable {
    if (!step.target().orElseThrow().host().isEmpty()
        && !(experiment.environment().place() instanceof Hosts)) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "fault %s: the environment has no hosts; its place must be 'hosts', or remove 'host'"
              .formatted(step.title()));
    }
  }

  private void requirePackets(FaultStep step, NetworkFault fault) throws Unplannable {
    boolean cluster = experiment.environment().place() instanceof Kubernetes;
    boolean place =
        cluster
            ? PodFault.AIMS.contains(step.target().orElseThrow().kind())
            : List.of("netns", "process").contains(step.target().orElseThrow().kind());
    if (!place || !fault.media().contains(NetworkFault.Medium.PACKETS)) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "fault %s: network faults need a lab, where Faultline stands between processes that it"
                  .formatted(step.title())
              + " starts itself; here latency, bandwidth, loss, duplicate, corrupt, reorder,"
              + " partition and dns disturb the packets of a %s"
                  .formatted(cluster ? "pod" : "process or a netns"));
    }
  }

  /**
   * The same targets as they are now. A thing that was replaced since is found by its name; a pod,
   * whose successor has another one, by its owner.
   *
   * @param planned as the plan has them
   * @throws Unplannable when one of them is no longer there
   */
  List<Instance> again(FaultStep step, List<PlannedTarget> planned, long seed) throws Unplannable {
    List<Instance> found =
        step.target().isEmpty() ? List.of(new Instance.Here()) : new ArrayList<>(found(step));
    List<Instance> now = new ArrayList<>();
    List<PlannedTarget> gone = new ArrayList<>();
    for (PlannedTarget target : planned) {
      Optional<Instance> same =
          found.stream().filter(one -> one.name().equals(target.name())).findFirst();
      if (same.isEmpty()) {
        gone.add(target);
      } else {
        now.add(running(same.get()));
      }
    }
    List<Instance> free =
        step.target()
            .map(
                target ->
                    target.choose(found.stream().filter(one -> !now.contains(one)).toList(), seed))
            .orElse(List.of());
    for (PlannedTarget target : gone) {
      now.add(successor(target, Stream.concat(free.stream(), found.stream()).toList(), now));
    }
    return List.copyOf(now);
  }

  private static Instance successor(PlannedTarget gone, List<Instance> found, List<Instance> taken)
      throws Unplannable {
    return found.stream()
        .filter(one -> one instanceof Instance.PodInstance pod && pod.ready())
        .filter(one -> one.owner().equals(gone.owner()) && !taken.contains(one))
        .findFirst()
        .orElseThrow(
            () -> new Unplannable(Outcome.NOT_READY, "target %s is gone".formatted(gone.name())));
  }

  private static Instance running(Instance instance) throws Unplannable {
    if (instance.itself() instanceof Instance.ProcessInstance process
        && process.process().isEmpty()) {
      throw new Unplannable(
          Outcome.NOT_READY, "target %s is not running".formatted(instance.name()));
    }
    return instance;
  }
}
