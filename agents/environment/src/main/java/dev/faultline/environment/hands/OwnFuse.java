package dev.faultline.environment.hands;

import dev.faultline.model.world.Action.ArmFuse;
import dev.faultline.model.world.Effect;
import dev.faultline.node.Armed;
import dev.faultline.node.Fired;
import dev.faultline.node.Lease;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import dev.faultline.node.SignalResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A fuse of this process.
 *
 * @param arm what it was asked to be
 * @param lease what it watches
 * @param armed its process; empty while it starts
 */
record OwnFuse(ArmFuse arm, Lease lease, Optional<Armed> armed) {

  private static final Duration END = Duration.ofSeconds(5);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  boolean inForce() {
    return armed.filter(Armed::inForce).isPresent();
  }

  /** Renews its lease; returns what is wrong with it. */
  Optional<Effect> renew() {
    try {
      lease.renew();
      boolean gone = armed.filter(fuse -> fuse.identity().state() == ProcessState.GONE).isPresent();
      return gone ? Optional.of(new Effect.Superseded(gone())) : Optional.empty();
    } catch (IOException | IllegalStateException | UncheckedIOException failure) {
      return Optional.of(
          new Effect.Failed(
              "cannot renew the lease of fuse %s: %s".formatted(arm.name(), failure.getMessage())));
    }
  }

  /**
   * Ends it without its effect, and waits for that. One that is firing finishes first.
   *
   * @throws IOException when it may still be there
   */
  void end() throws IOException {
    try (lease) {
      lease.release();
      if (armed.isPresent() && !awaitGone(armed.get().identity())) {
        kill(armed.get().identity());
      }
    }
  }

  /** Gives up renewing; it will act. */
  void forsake() {
    try {
      lease.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Kills a fuse, and waits for that.
   *
   * @throws IOException when it may still be there
   */
  static void kill(ProcessIdentity fuse) throws IOException {
    end(fuse, PosixSignal.KILL);
  }

  /**
   * Ends a fuse by a signal (SIGTERM lets it undo first), and waits for that.
   *
   * @throws IOException when it may still be there
   */
  static void end(ProcessIdentity fuse, PosixSignal signal) throws IOException {
    if (fuse.signal(signal) instanceof SignalResult.Denied(String why)) {
      throw new IOException(why);
    }
    if (!awaitGone(fuse)) {
      throw new IOException("it does not end");
    }
  }

  /** What a fuse did, in words. */
  static String words(String name, Fired fired) {
    return "fuse %s had fired (%s): %s"
        .formatted(
            name,
            switch (fired.cause()) {
              case STALE -> "its lease was not renewed";
              case LEASE_GONE -> "its lease was removed";
              case TERMINATED -> "it was told to";
              case BROKEN -> "it could not watch any more";
            },
            String.join("; ", fired.outcomes().stream().map(Fired.Outcome::detail).toList()));
  }

  private String gone() {
    try {
      return armed
          .flatMap(OwnFuse::fired)
          .map(fired -> words(arm.name(), fired))
          .orElseGet(() -> "fuse %s is gone; it did not fire".formatted(arm.name()));
    } catch (UncheckedIOException unreadable) {
      return "fuse %s is gone; what it did cannot be read".formatted(arm.name());
    }
  }

  private static Optional<Fired> fired(Armed armed) {
    try {
      return armed.fired();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean awaitGone(ProcessIdentity fuse) {
    long began = System.nanoTime();
    while (fuse.state() != ProcessState.GONE) {
      if (System.nanoTime() - began > END.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }
}
