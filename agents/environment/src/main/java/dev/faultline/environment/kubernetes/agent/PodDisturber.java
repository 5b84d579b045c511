package dev.faultline.environment.kubernetes.agent;

import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent that runs, and disturbs the packets of one pod. Whoever has it must call {@link
 * #renew()} well before the lease ends, such as at a third of it, and {@link #end} at last.
 * Thread-safe; one order at a time.
 */
public sealed interface PodDisturber permits RunningAgent, Guest {

  /** By which it is found in the cluster. */
  String name();

  /** By which addresses the node reaches the pod; none where that is not known. */
  List<InetAddress> node();

  /**
   * Puts a fault in force, or changes one: it is in force when this returns.
   *
   * @throws AgentTrouble when it cannot be, or that is not known
   */
  void put(String fault, PacketFault what) throws AgentTrouble, InterruptedException;

  /**
   * Ends a fault: it is over when this returns.
   *
   * @return what it did; empty when none of this name was in force
   * @throws AgentTrouble when that is not known; unless the agent is over, and the fault with it
   */
  Optional<PacketReading> remove(String fault) throws AgentTrouble, InterruptedException;

  /**
   * What the faults in force did so far, by their names.
   *
   * @throws AgentTrouble when it does not say
   */
  Map<String, PacketReading> readings() throws AgentTrouble, InterruptedException;

  /**
   * Prolongs the lease to its full length, and waits until the agent says so.
   *
   * @throws AgentTrouble when it does not
   */
  void renew() throws AgentTrouble, InterruptedException;

  /**
   * Ends all faults and the agent.
   *
   * @param within how long that may take
   * @return whether the cluster says that the agent has ended
   * @throws AgentTrouble when the API server does not say
   */
  boolean end(Duration within) throws AgentTrouble, InterruptedException;
}
