package dev.faultline.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A controller that stops its victim, arms a fuse for it, and then renews its lease until it is
 * killed. It says who the fuse is, and then {@code renewing}.
 */
final class FuseController {

  private FuseController() {}

  public static void main(String[] arguments) throws Exception {
    ProcessIdentity victim = ProcessIdentity.parse(arguments[0]);
    // The first signal takes longer than later ones; it must not outlast the lease.
    SignalResult _ = victim.signal(PosixSignal.CONT);
    Lease lease = Lease.create(Path.of(arguments[1]));
    FuseOrder order =
        new FuseOrder(
            arguments[2],
            "freeze",
            lease.path(),
            Duration.ofMillis(1500),
            Duration.ofMillis(20),
            List.of(new FuseAction.Signal(victim, PosixSignal.CONT)));
    Armed fuse = FuseLauncher.likeThisProcess().start(order, Duration.ofSeconds(30));
    SignalResult _ = victim.signal(PosixSignal.STOP);
    System.out.println(fuse.identity().text());
    System.out.println("renewing");
    while (true) {
      lease.renew();
      Thread.sleep(20);
    }
  }
}
