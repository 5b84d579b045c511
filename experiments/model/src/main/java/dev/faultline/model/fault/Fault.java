package dev.faultline.model.fault;

import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One disturbance with its parameters: a record that plans, and touches nothing itself. */
public sealed interface Fault
    permits Kill,
        Freeze,
        Failover,
        Surge,
        Shift,
        Custom,
        Descriptors,
        Clock,
        NetworkFault,
        HostFault,
        PodFault,
        PodUnready,
        ObjectFault,
        NodeOffline {

  /** Whether the effect is over as soon as it is there, so that nothing can be withdrawn. */
  boolean instant();

  /** Whether the fault must name a target. */
  boolean needsTarget();

  /**
   * The kinds of targets that it can disturb: {@code service}, {@code process} and so on; empty
   * where it cannot have a target.
   */
  Set<String> aims();

  /**
   * Whether it is about things of this kind, where a target finds several: a deployment also finds
   * its pods.
   */
  default boolean hits(Instance found) {
    return true;
  }

  /** What an agent does for it where its target is a pod; empty where it needs none. */
  default Optional<AgentWork> agentWork() {
    return Optional.empty();
  }

  /** The fault in words, such as {@code freeze}. */
  String words();

  /** The same, where it depends on the target. */
  default String words(Instance target) {
    return words();
  }

  /**
   * The steps that put the fault into force at one target, each with its proof and its undo.
   *
   * @throws FaultRefused when the target, as it stands, cannot be disturbed in this way
   */
  List<Step> plan(Instance target, Setting setting);

  /** The layers that end the fault, whatever is killed. */
  List<EndsBy> endsBy(Setting setting);

  /** The same, where it depends on the target. */
  default List<EndsBy> endsBy(Instance target, Setting setting) {
    return endsBy(setting);
  }

  /**
   * What the run around the fault fixes.
   *
   * @param name names the fault within the run
   * @param lasts how long it stays in force; zero for an instant one
   * @param lease how long it may survive without its controller
   * @param traffic what of a link it disturbs
   * @param seed fixes every random choice
   * @param fuse the image of what undoes changes of a cluster by itself; empty where it cannot be
   */
  record Setting(
      String name,
      Duration lasts,
      Duration lease,
      Traffic traffic,
      long seed,
      Optional<String> fuse) {
    /** What a fault needs that changes no object of a cluster. */
    public Setting(String name, Duration lasts, Duration lease, Traffic traffic, long seed) {
      this(name, lasts, lease, traffic, seed, Optional.empty());
    }

    /** What a fault needs that disturbs no link. */
    public Setting(String name, Duration lasts, Duration lease) {
      this(name, lasts, lease, Traffic.ALL, 0);
    }
  }
}
