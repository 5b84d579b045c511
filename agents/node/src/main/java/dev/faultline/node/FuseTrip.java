package dev.faultline.node;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Lets a fuse fire at most once, whoever asks first. Whoever asks while it fires waits until it has
 * finished, so that a signal cannot cut an undo short. Thread-safe.
 */
final class FuseTrip {

  private final FuseOrder order;
  private boolean over;

  FuseTrip(FuseOrder order) {
    this.order = order;
  }

  /** There is nothing left to undo: it will never fire. */
  synchronized void disarm() {
    over = true;
  }

  synchronized void fire(Fired.Cause cause) {
    if (over || Lease.read(order.lease()) instanceof LeaseState.Released) {
      return;
    }
    over = true;
    Fired fired = new Fired(cause, Undo.perform(order.actions()));
    try {
      fired.write(Fired.path(order.lease(), order.fault()));
    } catch (IOException failure) {
      // The undo is done; there is nobody left to be told that its record could not be written.
      throw new UncheckedIOException(failure);
    }
  }
}
