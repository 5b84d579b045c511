package dev.faultline.node.packet.engine;

import dev.faultline.node.packet.kernel.PacketQueue;

/** Where the rules of a direction of a fault lead to. */
sealed interface Outlet extends AutoCloseable permits Outlet.Sink, Lane {

  /** The queue of a partition, which the kernel empties by itself. */
  record Sink(PacketQueue queue) implements Outlet {}

  PacketQueue queue();

  @Override
  default void close() {
    queue().close();
  }
}
