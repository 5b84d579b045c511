package dev.faultline.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A fuse that was seen to be in force.
 *
 * @param identity its process
 * @param lease the lease it watches
 * @param fault the fault whose undo it holds
 * @param took how long it took from its start until it was armed
 */
public record Armed(ProcessIdentity identity, Path lease, String fault, Duration took) {

  /** Whether it still watches: it is there, and not stopped. */
  public boolean inForce() {
    return identity.state() == ProcessState.RUNNING;
  }

  /** Makes it undo now, also when it is stopped; a released lease makes it end without acting. */
  public SignalResult undoNow() {
    SignalResult result = identity.signal(PosixSignal.TERM);
    return result instanceof SignalResult.Sent ? identity.signal(PosixSignal.CONT) : result;
  }

  /** What it did; empty when it has not fired, or has not finished. */
  public Optional<Fired> fired() throws IOException {
    return Fired.read(Fired.path(lease, fault));
  }
}
