package dev.faultline.environment.packet;

import dev.faultline.model.world.Action.DisturbPackets;
import dev.faultline.model.world.Action.RestorePackets;
import dev.faultline.node.packet.PacketFault;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks the host names of faults up again while they are in force, as what stands behind a name may
 * move. Where a name is not known for a while, the fault stays with the addresses that it had.
 * Thread-safe.
 */
public final class NameWatch implements AutoCloseable {

  private record Known(DisturbPackets order, PacketFault fault) {}

  private final HostNames names;
  private final Duration between;
  private final BiConsumer<DisturbPackets, PacketFault> moved;
  private final Map<RestorePackets, Known> watched = new ConcurrentHashMap<>();
  private @Nullable Thread looking;

  /**
   * Watches nothing yet.
   *
   * @param between how long after each look the next one comes
   * @param moved hears what an order means now, when that has changed
   */
  public NameWatch(
      HostNames names, Duration between, BiConsumer<DisturbPackets, PacketFault> moved) {
    this.names = names;
    this.between = between;
    this.moved = moved;
  }

  /** Begins with a fault that has just been put in force; does nothing where it names no host. */
  public synchronized void begin(DisturbPackets order, PacketFault fault) {
    if (order.traffic().hostNames().isEmpty()) {
      return;
    }
    watched.put(new RestorePackets(order.place(), order.name()), new Known(order, fault));
    if (looking == null) {
      looking = Thread.ofVirtual().name("host names").start(this::look);
    }
  }

  /** Looks no further for a fault that ends. */
  public void end(RestorePackets order) {
    watched.remove(order);
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(between);
        watched.forEach(this::lookAgain);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAgain(RestorePackets key, Known known) {
    try {
      PacketFault now = PacketOrders.fault(known.order(), names);
      if (!now.equals(known.fault())
          && watched.replace(key, known, new Known(known.order(), now))) {
        moved.accept(known.order(), now);
      }
    } catch (UnknownHostException | IllegalArgumentException forNow) {
      // Unknown, or too many. It is asked for again; until then the fault stays as it is.
      return;
    }
  }

  @Override
  public synchronized void close() {
    watched.clear();
    if (looking != null) {
      looking.interrupt();
    }
  }
}
