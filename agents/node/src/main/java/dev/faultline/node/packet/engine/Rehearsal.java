package dev.faultline.node.packet.engine;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect.Latency;
import dev.faultline.node.packet.PacketEffect.Partition;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.kernel.Kernel;
import dev.faultline.node.packet.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tries the engine in a network of its own, which nobody else is in and which is gone afterwards:
 * what the kernel lacks is known before anything is touched.
 */
public final class Rehearsal {

  private static final Duration LEASE = Duration.ofSeconds(30);

  private Rehearsal() {}

  /** Why this kernel, or this user, cannot disturb packets; empty when all went well. */
  public static Optional<String> lacking() throws InterruptedException {
    FutureTask<Optional<String>> inside = new FutureTask<>(Rehearsal::rehearse);
    // The thread stays in that network for good, so it cannot be one that others use.
    Thread.ofPlatform().daemon().name("packets-rehearsal").start(inside);
    try {
      return inside.get(LEASE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException hangs) {
      return Optional.of("the kernel did not answer within %d s".formatted(LEASE.toSeconds()));
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      return Optional.of(cause == null ? failure.toString() : String.valueOf(cause.getMessage()));
    }
  }

  private static Optional<String> rehearse() throws IOException {
    try {
      new Kernel().leaveNetwork();
      Place here = new Place.Named(Path.of("/proc/thread-self").toRealPath().resolve("ns/net"));
      try (PacketEngine engine = PacketEngine.start(PacketSettings.of("rehearsal", here, LEASE))) {
        for (Direction direction : Direction.values()) {
          Selection udp = Selection.of(Protocol.UDP, Ends.local(9), direction);
          engine.put("late-" + direction, PacketFault.of(udp, Latency.of(Duration.ofMillis(1))));
          Selection tcp = Selection.of(Protocol.TCP, Ends.local(9), direction);
          engine.put(
              "cut-" + direction, PacketFault.of(tcp, new Partition(Partition.Manner.REJECT)));
        }
      }
      return Optional.empty();
    } catch (KernelException | PacketRefused refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    }
  }
}
