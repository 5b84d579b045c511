package dev.faultline.node;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The last resort: a process of its own that undoes a fault when everything else is dead.
 *
 * <ol>
 *   <li>It reads a {@link FuseOrder} from standard input to its end. Rubbish: one line on standard
 *       error, exit 2. The same when the lease is not held.
 *   <li>It prints {@code armed}, and from then on uses no standard stream.
 *   <li>It looks at the lease. Released: exit 0 without acting. Silent for longer than the
 *       staleness, or removed: it performs the actions, writes {@link Fired}, exits with 1.
 *   <li>TERM, INT or HUP: it performs the actions at once, unless the lease is released.
 * </ol>
 *
 * <p>Assumptions: it can run. Stopped (SIGSTOP, a frozen cgroup) it does nothing until it is
 * continued, and then judges afresh. Killed it does nothing at all: the journal remains. Its clock
 * is {@link System#nanoTime()}, which stands still while the machine is suspended, as the fault
 * does. A service manager that kills a whole cgroup kills the fuse with its controller.
 */
public final class Fuse {

  static final String ARMED = "armed";

  private Fuse() {}

  /** Runs until the lease ends, one way or the other. */
  public static void main(String[] arguments) throws IOException {
    FuseOrder order;
    try {
      order = FuseOrderText.read(System.in);
      requireOwnMarker(order, List.of(arguments));
    } catch (FuseOrderException refused) {
      refuse(String.valueOf(refused.getMessage()));
      return;
    }
    if (!(Lease.read(order.lease()) instanceof LeaseState.Held(long counter))) {
      refuse("the lease is not held: " + Lease.read(order.lease()));
      return;
    }
    FuseClasses.load();
    if (order.actions().stream().anyMatch(FuseAction.Descriptors.class::isInstance)) {
      Descriptors.prepare();
    }
    FuseTrip trip = new FuseTrip(order);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> trip.fire(Fired.Cause.TERMINATED)));
    System.out.println(ARMED);
    closeStandardStreams();
    // Not before it is armed, as nobody waits for it now; not on this thread, which has to watch.
    Thread.ofPlatform().daemon().start(PidFd::link);
    System.exit(blow(order, trip, counter) ? 1 : 0);
  }

  /** Watches to the end; whether the undo was performed. */
  private static boolean blow(FuseOrder order, FuseTrip trip, long counter) {
    Optional<Fired.Cause> cause = watch(order, counter);
    cause.ifPresentOrElse(trip::fire, trip::disarm);
    return cause.isPresent();
  }

  /** Returns why to fire; empty when the lease was released. */
  private static Optional<Fired.Cause> watch(FuseOrder order, long counter) {
    try {
      StalenessWatch watch = StalenessWatch.start(order.staleness(), counter, System.nanoTime());
      while (true) {
        Thread.sleep(order.poll());
        switch (Lease.read(order.lease())) {
          case LeaseState.Released released -> {
            return Optional.empty();
          }
          case LeaseState.Missing missing -> {
            return Optional.of(Fired.Cause.LEASE_GONE);
          }
          case LeaseState.Held(long seen) -> watch = watch.look(seen, System.nanoTime());
          case LeaseState.Unreadable unreadable ->
              watch = watch.look(watch.counter(), System.nanoTime());
        }
        if (watch.stale()) {
          return Optional.of(Fired.Cause.STALE);
        }
      }
    } catch (InterruptedException | RuntimeException | Error broken) {
      return Optional.of(Fired.Cause.BROKEN);
    }
  }

  private static void requireOwnMarker(FuseOrder order, List<String> arguments)
      throws FuseOrderException {
    if (!arguments.equals(FuseMarker.of(order).arguments())) {
      throw new FuseOrderException("the arguments are not those of the order");
    }
  }

  private static void refuse(String why) {
    System.err.println("faultline-fuse: " + why);
    System.exit(2);
  }

  /** The JDK puts /dev/null in place of each, so their numbers are not given to other files. */
  private static void closeStandardStreams() throws IOException {
    System.in.close();
    System.out.close();
    System.err.close();
  }
}
