package dev.faultline.model.fault;

import dev.faultline.model.cluster.ContainerRef;
import dev.faultline.model.cluster.PodPlace;
import dev.faultline.model.fault.Fault.Setting;
import dev.faultline.model.world.ContainerStrain;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.PodAction;
import dev.faultline.model.world.PodQuery;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What faults do to containers of pods, by agents that are made for the run. */
final class ContainerSteps {

  /** A process may take its time to end, and its kubelet to tell. */
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(45);

  private static final Duration SHOWS_WITHIN = Duration.ofSeconds(20);

  private ContainerSteps() {}

  static List<Step> kill(
      Optional<String> container, ProcessSignal signal, Instance.PodNetwork target) {
    ContainerRef meant = meant(container, target);
    return List.of(
        new Step(
            new PodAction.SignalContainer(target.place(), meant, signal),
            Optional.of(
                new Proof(
                    new PodQuery.ContainerStatus(target.object(), meant),
                    new Expectation.ProcessIn(Set.of(ProcessState.GONE)),
                    ENDS_WITHIN)),
            Optional.empty()));
  }

  static List<Step> freeze(
      Optional<String> container, Instance.PodNetwork target, Setting setting) {
    ContainerRef meant = meant(container, target);
    PodSteps.refuseShortLease(setting);
    PodPlace pod = target.place();
    Query status = new PodQuery.FrozenContainer(pod, meant, setting.name());
    return List.of(
        new Step(
            new PodAction.FreezeContainer(pod, meant, setting.name(), setting.lease()),
            Optional.of(proof(status, Set.of(ProcessState.STOPPED))),
            Optional.of(
                new Step.Undo(
                    new PodAction.ReleaseContainer(pod, meant, setting.name()),
                    Optional.of(proof(status, Set.of(ProcessState.RUNNING, ProcessState.GONE)))))));
  }

  static List<Step> strain(Stress fault, Instance.PodNetwork target, Setting setting) {
    ContainerRef meant = meant(fault.container(), target);
    PodSteps.refuseShortLease(setting);
    PodPlace pod = target.place();
    return strains(fault, target).entrySet().stream()
        .map(
            one -> strain(pod, meant, setting.name() + "." + one.getKey(), one.getValue(), setting))
        .toList();
  }

  /** What is taken of the container that is meant. */
  static Map<String, ContainerStrain> strains(Stress fault, Instance.PodNetwork target) {
    return fault.strains(target.pod().inside().limitsOf(meant(fault.container(), target).name()));
  }

  private static Step strain(
      PodPlace pod, ContainerRef meant, String name, ContainerStrain what, Setting setting) {
    Query status = new PodQuery.StrainedContainer(pod, meant, name, what);
    return new Step(
        new PodAction.StrainContainer(pod, meant, name, what, setting.lease()),
        Optional.of(new Proof(status, new Expectation.Strained(true), what.heldWithin())),
        Optional.of(
            new Step.Undo(
                new PodAction.FreeContainer(pod, meant, name),
                Optional.of(new Proof(status, new Expectation.Strained(false), SHOWS_WITHIN)))));
  }

  private static Proof proof(Query status, Set<ProcessState> states) {
    return new Proof(status, new Expectation.ProcessIn(states), SHOWS_WITHIN);
  }

  private static ContainerRef meant(Optional<String> container, Instance.PodNetwork target) {
    Pods.refuseTaken(target.pod());
    List<ContainerRef> there = target.pod().inside().containers();
    String name =
        Pods.containerOf(
            container, there.stream().map(ContainerRef::name).toList(), "pod " + target.name());
    return there.stream()
        .filter(one -> one.name().equals(name) && !one.id().isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new FaultRefused(
                    "container %s of pod %s does not run".formatted(name, target.name())));
  }

  static List<EndsBy> freezeEndsBy(Instance.PodNetwork target, Setting setting) {
    return endsBy(
        target,
        setting,
        "the processes are traced by the agent: when that dies, the kernel lets them go on;"
            + " the kubelet ends its pod",
        "an agent that nobody renews lets them go on; one that hangs is killed by the kernel");
  }

  static List<EndsBy> strainEndsBy(Instance.PodNetwork target, Setting setting) {
    return endsBy(
        target,
        setting,
        "the process that holds it is killed by the kernel when the agent dies; the kubelet ends"
            + " its pod",
        "an agent that nobody renews ends it; timers of the kernel kill both, should they hang");
  }

  private static List<EndsBy> endsBy(
      Instance.PodNetwork target, Setting setting, String kernel, String lease) {
    return List.of(
        new EndsBy(EndsBy.Layer.PLAN, Optional.of(setting.lasts()), "the run withdraws it"),
        new EndsBy(EndsBy.Layer.KERNEL, Optional.of(target.longest()), kernel),
        new EndsBy(EndsBy.Layer.LEASE, Optional.of(setting.lease()), lease),
        new EndsBy(
            EndsBy.Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, end agents that are left"));
  }
}
