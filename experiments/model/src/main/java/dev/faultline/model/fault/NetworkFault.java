package dev.faultline.model.fault;

import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Traffic;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fault of the way between two. On a link of a lab, a relay of Faultline's own stands in that way
 * from the start of the run, so that the fault needs no privilege and ends with Faultline. In a
 * network of a machine or a pod, an agent disturbs packets, and the kernel ends the fault with the
 * agent.
 */
public sealed interface NetworkFault extends Fault
    permits Latency,
        Bandwidth,
        Reset,
        Refuse,
        Blackhole,
        HalfClose,
        Slice,
        ByteLimit,
        Http,
        Loss,
        Duplicate,
        Corrupt,
        Reorder,
        Partition,
        Dns {

  /** What a network fault can work on. */
  enum Medium {
    /** The streams and exchanges of a link, by a relay. */
    STREAMS,
    /** The packets of a network, by an agent. */
    PACKETS
  }

  /** Targets of faults that a relay can do. */
  Set<String> ON_LINKS = Set.of("service", "process", "database", "link");

  /** Targets of faults that an agent can do. */
  Set<String> IN_NETWORKS = all(PodFault.AIMS, Set.of("process", "netns"));

  /** Targets of faults that either can do. */
  Set<String> ANYWHERE = all(ON_LINKS, IN_NETWORKS);

  /** How long traffic may take to meet the fault. */
  Duration MET_WITHIN = Duration.ofSeconds(10);

  private static Set<String> all(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
  }

  /** What the relay or the agent is told. */
  Disturbance disturbance();

  /** What it can work on. */
  default Set<Medium> media() {
    return EnumSet.of(Medium.STREAMS);
  }

  /** Which way it disturbs where the file does not say. */
  default Direction usual() {
    return Direction.BOTH;
  }

  /** How long it takes before it can show at all. */
  default Duration showsAfter() {
    return Duration.ZERO;
  }

  /** Whether one way of a link can be disturbed without the other. */
  default boolean directed() {
    return true;
  }

  /** Whether connections, or one way of them, come to their end by it. */
  default boolean ends() {
    return false;
  }

  /**
   * Whether both cannot be meant at once, on one link and in one direction. It is enough that one
   * of the two says so.
   */
  default boolean contradicts(NetworkFault other) {
    return getClass() == other.getClass();
  }

  /** Whether it disturbs a part of the packets alone, whatever {@code traffic} says. */
  default boolean narrow() {
    return false;
  }

  /**
   * The packets that it disturbs of those that the file means.
   *
   * @throws FaultRefused when there are none
   */
  default Traffic aimed(Traffic traffic) {
    return traffic;
  }

  /** The fault in words, with the part of the traffic that it disturbs. */
  default String words(Traffic traffic) {
    return words()
        + traffic.packetWords()
        + traffic.direction().orElseGet(this::usual).words()
        + disturbance().shareWords(traffic.share());
  }

  @Override
  default boolean instant() {
    return false;
  }

  @Override
  default boolean needsTarget() {
    return true;
  }

  @Override
  default Set<String> aims() {
    return media().contains(Medium.STREAMS)
        ? media().contains(Medium.PACKETS) ? ANYWHERE : ON_LINKS
        : IN_NETWORKS;
  }

  @Override
  default Optional<AgentWork> agentWork() {
    return Optional.of(AgentWork.PACKETS);
  }

  /** A workload is found with its pods, and they alone have packets. */
  @Override
  default boolean hits(Instance found) {
    return !(found instanceof Instance.ObjectInstance);
  }

  @Override
  default String words() {
    return disturbance().words();
  }

  @Override
  default List<Step> plan(Instance target, Setting setting) {
    return switch (target) {
      case Instance.LinkInstance link -> onLink(link, setting);
      case Instance.NetworkInstance network -> PacketSteps.of(this, network.network(), setting);
      case Instance.ProcessInstance process ->
          PacketSteps.of(this, PacketSteps.networkOf(process), setting);
      case Instance.PodNetwork pod -> PodSteps.of(this, pod, setting);
      case Instance.DatabaseInstance _,
          Instance.PodInstance _,
          Instance.ObjectInstance _,
          Instance.OnHost _,
          Instance.Here _ ->
          throw new FaultRefused("this fault needs a link or a network as its target");
    };
  }

  private List<Step> onLink(Instance.LinkInstance link, Setting setting) {
    if (!media().contains(Medium.STREAMS)) {
      throw new FaultRefused(
          "%s disturbs packets, and a relay on %s sees none; its target is a netns"
              .formatted(words(), link.name()));
    }
    Query status = new Query.LinkStatus(link.name(), setting.name(), disturbance());
    return List.of(
        new Step(
            new Action.DisturbLink(
                link.name(),
                setting.name(),
                disturbance(),
                setting.traffic().direction().orElseGet(this::usual),
                setting.traffic().share(),
                setting.lease(),
                setting.seed()),
            Optional.of(proof(status, true, showsAfter().plus(MET_WITHIN))),
            Optional.of(
                new Step.Undo(
                    new Action.RestoreLink(link.name(), setting.name()),
                    Optional.of(proof(status, false, MET_WITHIN))))));
  }

  private static Proof proof(Query status, boolean disturbed, Duration within) {
    return new Proof(status, new Expectation.LinkMeets(disturbed), within);
  }

  @Override
  default List<EndsBy> endsBy(Instance target, Setting setting) {
    return switch (target) {
      case Instance.LinkInstance _ -> endsBy(setting);
      case Instance.PodNetwork pod -> PodSteps.endsBy(pod, setting);
      case Instance.DatabaseInstance _,
          Instance.NetworkInstance _,
          Instance.ProcessInstance _,
          Instance.PodInstance _,
          Instance.ObjectInstance _,
          Instance.OnHost _,
          Instance.Here _ ->
          PacketSteps.endsBy(setting);
    };
  }

  @Override
  default List<EndsBy> endsBy(Setting setting) {
    return List.of(
        new EndsBy(EndsBy.Layer.PLAN, Optional.of(setting.lasts()), "the run withdraws it"),
        new EndsBy(
            EndsBy.Layer.KERNEL,
            Optional.of(Duration.ZERO),
            "the relay is a part of Faultline: when that dies, relay and lab die with it"),
        new EndsBy(
            EndsBy.Layer.LEASE,
            Optional.of(setting.lease()),
            "a Faultline that is stopped or hangs is killed by the kernel"),
        new EndsBy(
            EndsBy.Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, see that nothing of the lab is left"));
  }
}
