package dev.faultline.environment.kubernetes.agent;

import dev.faultline.node.host.HostReading;
import dev.faultline.node.pod.ContainerOrders;
import dev.faultline.node.pod.ContainerWork;
import java.time.Duration;
import java.util.Optional;

/**
 * An agent that runs for one container. Whoever has it must call {@link #renew()} well before the
 * lease ends, such as at a third of it, and {@link #end} at last. Thread-safe; one order at a time.
 */
public final class ContainerHolder {

  /** What it holds. */
  public sealed interface Reading {}

  /** How processes stand: how many have not ended, and how many stand still. */
  public record Held(int alive, int still) implements Reading {}

  /** What is taken of that which the container has. */
  public record Strained(HostReading what) implements Reading {}

  private static final int TWO_REVISIONS = 14;

  private final Correspondence agent;
  private ContainerOrders orders = ContainerOrders.first();

  ContainerHolder(AgentPod pod, Duration timeout) {
    this.agent = new Correspondence(pod, timeout, orders.text());
  }

  /** By which it is found in the cluster. */
  public String name() {
    return agent.pod().name();
  }

  /**
   * Does something to the container: a signal was sent, all of its processes stand still, or a
   * process of its control groups takes what is asked for, when this returns.
   *
   * @return what was done, in words
   * @throws AgentTrouble when it cannot be, or that is not known; then the agent must be ended
   */
  public synchronized String put(ContainerWork work) throws AgentTrouble, InterruptedException {
    AgentLog answers = give(orders.with(work));
    return answers.done().orElseThrow(() -> agent.refused(answers));
  }

  /**
   * Lets the container go on, with all that it has: it does when this returns.
   *
   * @return how its processes stand then; empty when they were not held
   * @throws AgentTrouble when that is not known; unless the agent is over, and all that it did
   */
  public synchronized Optional<Reading> release() throws AgentTrouble, InterruptedException {
    return give(orders.without()).released();
  }

  /**
   * What is held; empty when nothing is.
   *
   * @throws AgentTrouble when the agent does not say
   */
  public synchronized Optional<Reading> reading() throws AgentTrouble, InterruptedException {
    return give(orders.next()).held();
  }

  /**
   * Prolongs the lease to its full length, and waits until the agent says so.
   *
   * @throws AgentTrouble when it does not
   */
  public synchronized void renew() throws AgentTrouble, InterruptedException {
    give(orders.next());
  }

  /**
   * Ends the agent, and with it all that it does.
   *
   * @param within how long that may take
   * @return whether the cluster says that it has ended
   * @throws AgentTrouble when the API server does not say
   */
  public synchronized boolean end(Duration within) throws AgentTrouble, InterruptedException {
    return agent.end(within);
  }

  private AgentLog give(ContainerOrders next) throws AgentTrouble, InterruptedException {
    orders = next;
    return agent.give(next.text(), next.revision(), TWO_REVISIONS);
  }
}
