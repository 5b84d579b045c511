package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.agent.AgentTrouble;
import dev.faultline.model.world.Effect;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the lease of one agent prolonged, by a thread of its own, when a quarter of it has passed.
 * Nobody waits for that. Thread-safe.
 */
final class LeaseKeeper {

  /** Prolongs the lease, and waits until the agent says so. */
  @FunctionalInterface
  interface Renewal {
    void go() throws AgentTrouble, InterruptedException;
  }

  private final AtomicBoolean renewing = new AtomicBoolean();
  private volatile Optional<AgentTrouble> trouble = Optional.empty();
  private volatile Duration lease = Duration.ZERO;
  private volatile long renewed;
  private volatile boolean over;

  /** The lease of an agent that will be started. */
  void of(Duration length) {
    lease = length;
  }

  /** The agent has something to do, though it may have been about to end. */
  void begin() {
    over = false;
  }

  /** The agent is to end: nobody prolongs its lease, and that it is gone is no trouble. */
  void end() {
    over = true;
  }

  /** The agent has answered. */
  void heard() {
    renewed = System.nanoTime();
    trouble = Optional.empty();
  }

  /**
   * Has the lease prolonged where that is due, which takes its time.
   *
   * @param agent its name
   * @return what is wrong with the agent
   */
  Optional<Effect> keep(String agent, Renewal renewal) {
    if (over) {
      return Optional.empty();
    }
    Duration silence = Duration.ofNanos(System.nanoTime() - renewed);
    if (silence.compareTo(lease.dividedBy(4)) >= 0 && renewing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("renewal").start(() -> renew(renewal));
    }
    Optional<AgentTrouble> seen = trouble;
    if (seen.filter(AgentTrouble::isOver).isPresent()) {
      return seen.map(over -> new Effect.Superseded(String.valueOf(over.getMessage())));
    }
    return silence.compareTo(lease.dividedBy(2)) < 0
        ? Optional.empty()
        : Optional.of(
            new Effect.Failed(
                seen.map(why -> String.valueOf(why.getMessage()))
                    .orElse("the agent %s has not answered yet".formatted(agent))));
  }

  private void renew(Renewal renewal) {
    try {
      renewal.go();
      heard();
    } catch (AgentTrouble lost) {
      trouble = Optional.of(lost);
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    } finally {
      renewing.set(false);
    }
  }
}
