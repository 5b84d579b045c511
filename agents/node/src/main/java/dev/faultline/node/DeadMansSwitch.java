package dev.faultline.node;

import dev.faultline.node.packet.kernel.Kernel;
import dev.faultline.node.packet.kernel.KernelException;
import java.time.Duration;
import java.util.Optional;

/**
 * Has the kernel kill this process when it is not renewed in time, even when the process is stopped
 * or hangs: whatever disturbs others only as long as it lives is then over. Thread-safe.
 */
public final class DeadMansSwitch implements AutoCloseable {

  private final Kernel kernel;
  private final int timer;
  private final Duration lease;
  private boolean closed;

  private DeadMansSwitch(Kernel kernel, int timer, Duration lease) {
    this.kernel = kernel;
    this.timer = timer;
    this.lease = lease;
  }

  /**
   * Arms one.
   *
   * @param lease how long after the last renewal; at least 1 ms
   * @return empty where the kernel is none that can do this: Linux on x86-64 or ARM64
   */
  public static Optional<DeadMansSwitch> arm(Duration lease) {
    try {
      Kernel kernel = new Kernel();
      return Optional.of(new DeadMansSwitch(kernel, kernel.armDeath(lease), lease));
    } catch (KernelException | UnsupportedOperationException | LinkageError unable) {
      return Optional.empty();
    }
  }

  /**
   * Prolongs the lease to its full length; does nothing once this is closed.
   *
   * @throws KernelException when the kernel refuses, and so will kill this process
   */
  public synchronized void renew() throws KernelException {
    if (!closed) {
      kernel.postpone(timer, lease);
    }
  }

  /**
   * Disarms it.
   *
   * @throws KernelException when the kernel refuses, and so will kill this process
   */
  @Override
  public synchronized void close() throws KernelException {
    if (!closed) {
      closed = true;
      kernel.forget(timer);
    }
  }
}
