package dev.faultline.environment.lab;

import dev.faultline.model.world.Effect;
import dev.faultline.node.DeadMansSwitch;
import dev.faultline.node.packet.kernel.KernelException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Sees that a lab is disturbed no longer than Faultline is in its senses: its relays and
 * supervisors are a part of it, so when it is stopped or hangs beyond its lease, the kernel kills
 * it, and the lab with it. Thread-safe.
 */
final class LabGuard implements AutoCloseable {

  private final Set<String> disturbed = new HashSet<>();
  private Optional<DeadMansSwitch> armed = Optional.empty();

  /** A disturbance of this name begins. */
  synchronized void begin(String name, Duration lease) {
    if (armed.isEmpty()) {
      armed = DeadMansSwitch.arm(lease);
    }
    disturbed.add(name);
  }

  /** That disturbance is over. */
  synchronized void end(String name) throws KernelException {
    disturbed.remove(name);
    if (disturbed.isEmpty()) {
      disarm();
    }
  }

  /** Prolongs the lease; returns what is wrong with it. */
  synchronized Optional<Effect> renew() {
    try {
      if (armed.isPresent()) {
        armed.get().renew();
      }
      return Optional.empty();
    } catch (KernelException refused) {
      return Optional.of(new Effect.Failed("the lease of the lab: " + refused.getMessage()));
    }
  }

  private void disarm() throws KernelException {
    if (armed.isPresent()) {
      armed.get().close();
      armed = Optional.empty();
    }
  }

  @Override
  public synchronized void close() throws KernelException {
    disturbed.clear();
    disarm();
  }
}
