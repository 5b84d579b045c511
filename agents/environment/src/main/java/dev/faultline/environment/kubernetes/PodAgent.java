package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.agent.AgentTrouble;
import dev.faultline.environment.kubernetes.agent.PodDisturber;
import dev.faultline.environment.packet.PacketOrders;
import dev.faultline.model.world.Action.DisturbPackets;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.LinkReading;
import dev.faultline.model.world.Query;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The agent of one pod, which is started with the first fault there and ended with the last. Orders
 * wait for each other; {@link #renew} waits for nothing. Thread-safe.
 */
final class PodAgent {

  /** Makes an agent that is ready. */
  @FunctionalInterface
  interface Start {
    PodDisturber go() throws AgentTrouble, InterruptedException;
  }

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

  private final Map<String, PacketReading> last = new HashMap<>();
  private final Set<String> inForce = new HashSet<>();
  private final LeaseKeeper lease = new LeaseKeeper();
  private volatile @Nullable PodDisturber running;

  /** What an order means, once it is known by which addresses the node reaches the pod. */
  @FunctionalInterface
  interface Meaning {
    PacketFault of(List<InetAddress> node) throws AgentTrouble;
  }

  /** Puts a fault in force, by an agent that may have to be made first. */
  synchronized void disturb(DisturbPackets order, Meaning meaning, Start start)
      throws AgentTrouble, InterruptedException {
    PodDisturber agent = running;
    if (agent == null) {
      lease.of(order.lease());
      agent = start.go();
      lease.heard();
      running = agent;
    }
    lease.begin();
    inForce.add(order.name());
    agent.put(order.name(), meaning.of(agent.node()));
    lease.heard();
  }

  /** Changes a fault that is in force still. */
  synchronized void change(String name, PacketFault fault)
      throws AgentTrouble, InterruptedException {
    PodDisturber agent = running;
    if (agent != null && inForce.contains(name)) {
      agent.put(name, fault);
    }
  }

  /** Whether this process has made an agent that is not known to have ended. */
  boolean isRunning() {
    return running != null;
  }

  /**
   * Ends a fault, and the agent with the last one.
   *
   * @return whether that is so, as far as the agent and the cluster say
   */
  synchronized boolean restore(String name) throws AgentTrouble, InterruptedException {
    PodDisturber agent = running;
    if (agent == null) {
      return true;
    }
    boolean others = inForce.stream().anyMatch(one -> !one.equals(name));
    try {
      agent.remove(name).ifPresent(reading -> last.put(name, reading));
    } catch (AgentTrouble silent) {
      if (others && !silent.isOver()) {
        throw silent;
      }
      // It is ended below, and all that it does with it.
    }
    inForce.remove(name);
    return others || end(ENDS_WITHIN);
  }

  /** Ends the agent, and with it all that it does. */
  synchronized boolean end(Duration within) throws AgentTrouble, InterruptedException {
    PodDisturber agent = running;
    lease.end();
    if (agent == null || agent.end(within)) {
      running = null;
      inForce.clear();
      return true;
    }
    return false;
  }

  /**
   * What was measured of a fault, which is in force or was; empty where this process knows none.
   */
  synchronized Optional<LinkReading> reading(Query.PacketStatus query) throws InterruptedException {
    PodDisturber agent = running;
    try {
      Optional<PacketReading> now =
          agent == null
              ? Optional.empty()
              : Optional.ofNullable(agent.readings().get(query.name()));
      lease.heard();
      return now.map(seen -> PacketOrders.reading(query.what(), seen, true))
          .or(() -> before(query))
          .or(() -> agent == null ? Optional.empty() : Optional.of(LinkReading.NOTHING));
    } catch (AgentTrouble silent) {
      return Optional.of(silent.isOver() ? LinkReading.NOTHING : LinkReading.UNKNOWN);
    }
  }

  private Optional<LinkReading> before(Query.PacketStatus query) {
    return Optional.ofNullable(last.get(query.name()))
        .map(seen -> PacketOrders.reading(query.what(), seen, false));
  }

  /**
   * Has the lease prolonged where that is due, which takes its time.
   *
   * @return what is wrong with the agent
   */
  Optional<Effect> renew() {
    PodDisturber agent = running;
    return agent == null ? Optional.empty() : lease.keep(agent.name(), agent::renew);
  }
}
