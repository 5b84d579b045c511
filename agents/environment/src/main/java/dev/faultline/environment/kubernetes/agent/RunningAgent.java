package dev.faultline.environment.kubernetes.agent;

import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.pod.PodOrders;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent for packets in a pod of its own. A fault whose putting failed is withdrawn by the next
 * order or renewal.
 */
final class RunningAgent implements PodDisturber {

  /** What the agent says about two revisions beside the readings of their faults. */
  private static final int TWO_REVISIONS = 12;

  private final Correspondence agent;
  private final List<InetAddress> node;
  private PodOrders orders = PodOrders.first();

  /**
   * One that is ready.
   *
   * @param node by which addresses its node reaches the pod
   */
  RunningAgent(AgentPod pod, Duration timeout, List<InetAddress> node) {
    this.node = List.copyOf(node);
    this.agent = new Correspondence(pod, timeout, orders.text());
  }

  @Override
  public String name() {
    return agent.pod().name();
  }

  @Override
  public List<InetAddress> node() {
    return node;
  }

  @Override
  public synchronized void put(String fault, PacketFault what)
      throws AgentTrouble, InterruptedException {
    PodOrders before = orders;
    try {
      AgentLog answers = give(orders.with(fault, what));
      if (!answers.isInForce(fault)) {
        throw agent.refused(answers);
      }
    } catch (AgentTrouble | InterruptedException trouble) {
      orders = new PodOrders(orders.revision(), before.faults());
      throw trouble;
    }
  }

  @Override
  public synchronized Optional<PacketReading> remove(String fault)
      throws AgentTrouble, InterruptedException {
    return give(orders.without(fault)).removed(fault);
  }

  @Override
  public synchronized Map<String, PacketReading> readings()
      throws AgentTrouble, InterruptedException {
    return give(orders.next()).readings();
  }

  /** No order waits until this one is answered. */
  @Override
  public void renew() throws AgentTrouble, InterruptedException {
    PodOrders next;
    synchronized (this) {
      next = orders.next();
      orders = next;
      agent.write(next.text());
    }
    AgentLog _ = agent.answers(next.revision(), lines(next));
  }

  @Override
  public synchronized boolean end(Duration within) throws AgentTrouble, InterruptedException {
    return agent.end(within);
  }

  private AgentLog give(PodOrders next) throws AgentTrouble, InterruptedException {
    orders = next;
    return agent.give(next.text(), next.revision(), lines(next));
  }

  private static int lines(PodOrders orders) {
    return TWO_REVISIONS + 2 * orders.faults().size();
  }
}
