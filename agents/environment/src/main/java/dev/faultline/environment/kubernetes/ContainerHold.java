package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.agent.AgentTrouble;
import dev.faultline.environment.kubernetes.agent.ContainerHolder;
import dev.faultline.environment.kubernetes.agent.ContainerHolder.Reading;
import dev.faultline.model.world.Effect;
import dev.faultline.node.pod.ContainerWork;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One container that is frozen, or of which something is held, by an agent of its own. Orders wait
 * for each other; {@link #renew} waits for nothing. Thread-safe.
 */
final class ContainerHold implements AutoCloseable {

  /** Makes an agent that is ready. */
  @FunctionalInterface
  interface Start {
    ContainerHolder go() throws AgentTrouble, InterruptedException;
  }

  private final LeaseKeeper lease = new LeaseKeeper();
  private volatile @Nullable ContainerHolder running;
  private Optional<Reading> last = Optional.empty();

  /** Does it; what was put in force by an order that failed ends with the release. */
  synchronized void begin(Duration length, ContainerWork work, Start start)
      throws AgentTrouble, InterruptedException {
    if (running != null) {
      return;
    }
    lease.of(length);
    ContainerHolder agent = start.go();
    lease.heard();
    running = agent;
    String _ = agent.put(work);
    lease.heard();
  }

  /**
   * Lets it go on, and ends the agent.
   *
   * @return whether the cluster says that the agent is gone
   */
  synchronized boolean release(Duration within) throws AgentTrouble, InterruptedException {
    ContainerHolder agent = running;
    if (agent == null) {
      return true;
    }
    try {
      last = agent.release().or(() -> last);
    } catch (AgentTrouble silent) {
      // It is ended, and the kernel lets go of all that it holds.
      last = Optional.empty();
    }
    if (!agent.end(within)) {
      return false;
    }
    running = null;
    return true;
  }

  /** What is held; empty where this process does not know. */
  synchronized Optional<Reading> reading() throws AgentTrouble, InterruptedException {
    ContainerHolder agent = running;
    if (agent == null) {
      return last;
    }
    Optional<Reading> now = agent.reading();
    lease.heard();
    return now;
  }

  Optional<Effect> renew() {
    ContainerHolder agent = running;
    return agent == null ? Optional.empty() : lease.keep(agent.name(), agent::renew);
  }

  /** Ends the agent without a word, with which the kernel undoes what it did. */
  @Override
  public synchronized void close() {
    ContainerHolder agent = running;
    if (agent == null) {
      return;
    }
    try {
      running = agent.end(Duration.ZERO) ? null : agent;
    } catch (AgentTrouble left) {
      // Its lease ends it.
      return;
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }
}
