package dev.faultline.model.fault;

import dev.faultline.model.cluster.PodPlace;
import dev.faultline.model.fault.Fault.Setting;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Direction;
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

/** What network faults do to pods, by agents that are made for the run. */
final class PodSteps {

  /** An order comes by way of the kubelet, and its answer goes back by it. */
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(5);

  private static final Duration SHOWS_WITHIN = Duration.ofSeconds(20);

  private PodSteps() {}

  static List<Step> of(NetworkFault fault, Instance.PodNetwork target, Setting setting) {
    Pods.refuseTaken(target.pod());
    refuse(fault, setting);
    PodPlace pod = target.place();
    NetworkPlace place = network(pod);
    Traffic traffic = fault.aimed(setting.traffic());
    Direction direction = traffic.direction().orElseGet(fault::usual);
    Query status =
        new Query.PodPackets(
            pod, new Query.PacketStatus(place, setting.name(), fault.disturbance()));
    Action.DisturbPackets disturb =
        new Action.DisturbPackets(
            place,
            setting.name(),
            fault.disturbance(),
            traffic,
            direction,
            setting.lease(),
            setting.seed());
    return List.of(
        new Step(
            new PodAction.DisturbPod(pod, disturb),
            Optional.of(proof(status, true, fault.showsAfter().plus(SHOWS_WITHIN))),
            Optional.of(
                new Step.Undo(
                    new PodAction.RestorePod(pod, new Action.RestorePackets(place, setting.name())),
                    Optional.of(proof(status, false, SHOWS_WITHIN))))));
  }

  private static void refuse(NetworkFault fault, Setting setting) {
    if (!fault.media().contains(NetworkFault.Medium.PACKETS)) {
      throw new FaultRefused(
          "%s needs a relay, which stands on the links of a lab; pods have packets alone"
              .formatted(fault.words()));
    }
    PacketSteps.refuseTraffic(fault, setting.traffic());
    if (setting.traffic().cgroup().isPresent()) {
      throw new FaultRefused("an agent sees no control groups of a pod; remove 'cgroup'");
    }
    refuseShortLease(setting);
  }

  /** Refuses a lease that ends before an order can renew it. */
  static void refuseShortLease(Setting setting) {
    if (setting.lease().compareTo(SHORTEST_LEASE) < 0) {
      throw new FaultRefused(
          "an order takes a second or two to an agent in a cluster; 'lease' must be at least %d s"
              .formatted(SHORTEST_LEASE.toSeconds()));
    }
  }

  static NetworkPlace network(PodPlace pod) {
    return new NetworkPlace(pod.words(), "pod/" + pod.pod().uid(), Optional.empty());
  }

  private static Proof proof(Query status, boolean disturbed, Duration within) {
    return new Proof(status, new Expectation.LinkMeets(disturbed), within);
  }

  static List<EndsBy> endsBy(Instance.PodNetwork target, Setting setting) {
    return endsBy(held(target), setting);
  }

  static List<EndsBy> endsBy(EndsBy held, Setting setting) {
    return List.of(
        new EndsBy(EndsBy.Layer.PLAN, Optional.of(setting.lasts()), "the run withdraws it"),
        held,
        new EndsBy(
            EndsBy.Layer.LEASE,
            Optional.of(setting.lease()),
            "an agent that nobody renews undoes it; one that hangs is killed by the kernel"),
        new EndsBy(
            EndsBy.Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, end agents that are left"));
  }

  private static EndsBy held(Instance.PodNetwork target) {
    return switch (target.way()) {
      case POD ->
          new EndsBy(
              EndsBy.Layer.KERNEL,
              Optional.of(target.longest()),
              "the rules belong to the agent, and end with it; the kubelet ends its pod");
      case EPHEMERAL_CONTAINER ->
          new EndsBy(
              EndsBy.Layer.KERNEL,
              Optional.of(Duration.ZERO),
              "the rules belong to the agent, and end with it; it ends with its connection");
    };
  }
}
