package dev.faultline.node.host;

import dev.faultline.node.Descriptors;
import dev.faultline.node.packet.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;

/** Holds ephemeral ports, and takes those that become free as long as too many are. */
final class PortHolding implements Holding {

  private static final Duration AGAIN = Duration.ofMillis(250);

  private static final int OTHER_DESCRIPTORS = 100;

  private final HostOrder.Ports order;
  private volatile int held;
  private volatile int left = Integer.MAX_VALUE;

  PortHolding(HostOrder.Ports order) {
    this.order = order;
  }

  @Override
  public void hold() throws IOException, InterruptedException {
    if (order.network().isPresent()) {
      Path network = order.network().get();
      new Kernel().enter(network);
    }
    BitSet free = EphemeralPorts.read();
    int most = free.cardinality() - order.leave();
    Descriptors.needOwn(most + OTHER_DESCRIPTORS);
    BoundSockets sockets = new BoundSockets();
    while (true) {
      int ofOthers = 0;
      for (int port = free.nextSetBit(0);
          port >= 0 && held < most;
          port = free.nextSetBit(port + 1)) {
        if (sockets.take(port)) {
          free.clear(port);
          held = sockets.number();
        } else {
          ofOthers++;
        }
      }
      left = free.cardinality() - ofOthers;
      Thread.sleep(AGAIN);
    }
  }

  @Override
  public HostReading read() {
    return new HostReading(0, held, left);
  }
}
