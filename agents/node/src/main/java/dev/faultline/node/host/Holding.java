package dev.faultline.node.host;

import java.io.IOException;

/** Something that is taken from the machine. */
sealed interface Holding
    permits CpuHolding, MemoryHolding, DiskHolding, IoHolding, PortHolding, ContainerHolding {

  /**
   * Takes it and keeps it, without end: what it holds is free when this process ends.
   *
   * @throws IOException when it cannot be taken
   */
  void hold() throws IOException, InterruptedException;

  /** What is held at this moment; from any thread. */
  HostReading read() throws IOException;

  /** What an order asks for; nothing is taken yet. */
  static Holding of(HostOrder order) throws IOException {
    return switch (order) {
      case HostOrder.Cpu cpu -> CpuHolding.of(cpu);
      case HostOrder.Memory memory ->
          new MemoryHolding(memory.bytes(), MemoryHolding.ofMachine(memory.leave()));
      case HostOrder.Disk disk -> new DiskHolding(disk);
      case HostOrder.Io io -> new IoHolding(io);
      case HostOrder.Ports ports -> new PortHolding(ports);
      case HostOrder.Within within -> ContainerHolding.of(within);
    };
  }
}
