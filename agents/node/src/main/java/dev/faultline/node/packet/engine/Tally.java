package dev.faultline.node.packet.engine;

import dev.faultline.node.delay.Delays;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.kernel.Table.Counted;
import java.time.Duration;

/** Counts what a fault does. Belongs to the thread of the loop. */
final class Tally {

  private final Delays delays = new Delays();
  private long passed;
  private long lost;
  private long duplicated;
  private long corrupted;
  private long named;
  private long spared;
  private long mostHeld;

  void passed(long nanos) {
    passed++;
    delays.add(nanos);
  }

  void lost() {
    lost++;
  }

  void duplicated() {
    duplicated++;
  }

  void corrupted() {
    corrupted++;
  }

  void named() {
    named++;
  }

  void spared() {
    spared++;
  }

  void held(int packets) {
    mostHeld = Math.max(mostHeld, packets);
  }

  /**
   * @param counted by the kernel
   */
  PacketReading read(Counted counted, Active fault) {
    return new PacketReading(
        counted.packets(),
        counted.bytes(),
        passed,
        fault.kernelLoses() ? counted.packets() : lost,
        duplicated,
        corrupted,
        named,
        fault.held(),
        mostHeld,
        spared,
        fault.vanished(),
        Duration.ofNanos(delays.least()),
        Duration.ofNanos(delays.median()),
        Duration.ofNanos(delays.most()));
  }
}
