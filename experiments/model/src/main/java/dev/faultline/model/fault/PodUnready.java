package dev.faultline.model.fault;

import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.cluster.Probe;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NetworkPlace;
import dev.faultline.model.world.PodAction;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds pods unready, by keeping their kubelet from the port of their readiness probe: their
 * services send them nothing, and their processes are as they were.
 */
public record PodUnready() implements Fault {

  /** What kubelet and API take to tell. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);

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
    return PodFault.AIMS;
  }

  @Override
  public boolean hits(Instance found) {
    return found instanceof Instance.PodInstance;
  }

  @Override
  public Optional<AgentWork> agentWork() {
    return Optional.of(AgentWork.PROBES);
  }

  @Override
  public String words() {
    return "hold pods unready";
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    if (!(target instanceof Instance.PodNetwork reached)) {
      throw new FaultRefused("this fault needs pods of a Kubernetes cluster as its target");
    }
    Pods.refuseTaken(reached.pod());
    PodSteps.refuseShortLease(setting);
    Probe probe = probe(reached.pod(), setting);
    NetworkPlace place = PodSteps.network(reached.place());
    Query status = new Query.PodStatus(reached.object());
    Action disturb =
        new PodAction.DisturbPod(
            reached.place(),
            new Action.DisturbPackets(
                place,
                setting.name(),
                new Disturbance.Partition(false),
                Traffic.withNode(probe.port().orElseThrow()),
                Direction.BOTH,
                setting.lease(),
                setting.seed()));
    Action restore =
        new PodAction.RestorePod(reached.place(), new Action.RestorePackets(place, setting.name()));
    return List.of(
        new Step(
            disturb,
            Optional.of(proof(status, false, probe.fails())),
            Optional.of(
                new Step.Undo(restore, Optional.of(proof(status, true, probe.recovers()))))));
  }

  private static Proof proof(Query status, boolean ready, Duration within) {
    return new Proof(status, new Expectation.PodReady(ready), within.plus(TOLD_WITHIN));
  }

  /** The first one that can be kept from its port without any other harm. */
  private static Probe probe(Instance.PodInstance pod, Setting setting) {
    if (!pod.ready()) {
      throw new FaultRefused("pod %s is not ready, by itself".formatted(pod.name()));
    }
    List<Probe> asked =
        pod.inside().probes().stream()
            .filter(one -> one.use() == Probe.Use.READINESS && one.port().isPresent())
            .toList();
    if (asked.isEmpty()) {
      throw new FaultRefused(
          "pod %s has no readiness probe that asks a port of it, and so nothing can be kept from it"
              .formatted(pod.name()));
    }
    return asked.stream()
        .filter(one -> restarted(pod, one, setting).isEmpty())
        .findFirst()
        .orElseThrow(
            () -> {
              Probe first = asked.getFirst();
              Probe alive = restarted(pod, first, setting).orElseThrow();
              return new FaultRefused(
                  ("port %d of pod %s is asked by the liveness probe of container %s too, which could"
                          + " start it again after %d s; make 'for' and 'lease' so short that %d s and"
                          + " both are less, or use 'partition' if that is meant")
                      .formatted(
                          first.port().orElseThrow(),
                          pod.name(),
                          alive.container(),
                          alive.failsNotBefore().toSeconds(),
                          first.fails().toSeconds()));
            });
  }

  /** The liveness probe of the same port that would have a container started again. */
  private static Optional<Probe> restarted(
      Instance.PodInstance pod, Probe readiness, Setting setting) {
    Duration longest = readiness.fails().plus(setting.lasts()).plus(setting.lease());
    return pod.inside().probes().stream()
        .filter(one -> one.use() == Probe.Use.LIVENESS && one.port().equals(readiness.port()))
        .filter(one -> one.failsNotBefore().compareTo(longest) <= 0)
        .findFirst();
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return PodSteps.endsBy(
        new EndsBy(
            EndsBy.Layer.KERNEL,
            Optional.of(setting.lease()),
            "the rules belong to the agent, and end with it"),
        setting);
  }

  @Override
  public List<EndsBy> endsBy(Instance target, Setting setting) {
    return target instanceof Instance.PodNetwork pod
        ? PodSteps.endsBy(pod, setting)
        : endsBy(setting);
  }
}
