package dev.faultline.node.host;

import dev.faultline.node.packet.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Takes something as a container, not as the machine: this process joins the control groups of the
 * container first, whose limits it meets then, and where it is counted. It must be started by a
 * thread that lives as long as its program, and the kernel kills it with that thread: whoever ends
 * that program would not find it among its processes.
 */
final class ContainerHolding implements Holding {

  private final Holding what;

  private ContainerHolding(Holding what) {
    this.what = what;
  }

  /** Joins the container; for the first thread of the process. */
  static ContainerHolding of(HostOrder.Within order) throws IOException {
    Kernel kernel = new Kernel();
    kernel.dieWithParent();
    seeAllGroups(kernel, order.proc());
    ControlGroups groups = ControlGroups.of(order.proc(), order.pid(), order.container());
    Holding what = holding(order.what(), groups);
    groups.join();
    if (!Files.readString(order.proc().resolve("self/cgroup")).contains(order.container())) {
      throw new IOException("it is not in the control groups of container " + order.container());
    }
    return new ContainerHolding(what);
  }

  /** In a namespace of its own it could neither see groups of others nor join them. */
  private static void seeAllGroups(Kernel kernel, Path proc) throws IOException {
    Path node = proc.resolve("1/ns/cgroup");
    if (Files.exists(node, LinkOption.NOFOLLOW_LINKS)
        && !Files.isSameFile(node, proc.resolve("self/ns/cgroup"))) {
      kernel.enterControlGroups(node);
    }
  }

  private static Holding holding(HostOrder order, ControlGroups groups) throws IOException {
    return switch (order) {
      case HostOrder.Cpu cpu -> cpu(cpu, groups);
      case HostOrder.Memory memory -> memory(memory, groups);
      case HostOrder.Disk _, HostOrder.Io _, HostOrder.Ports _, HostOrder.Within _ ->
          throw new IllegalArgumentException("nothing that a container has of its own");
    };
  }

  private static Holding cpu(HostOrder.Cpu order, ControlGroups groups) throws IOException {
    Optional<Double> limit = groups.cores();
    double most = limit.orElse((double) Runtime.getRuntime().availableProcessors());
    double cores = order.cores() == 0 ? most : Math.min(order.cores(), most);
    Usage.Idle idle =
        limit.isEmpty()
            ? Usage.Idle.OF_MACHINE
            : () -> (long) (limit.get() * System.nanoTime()) - groups.usedNanos();
    return CpuHolding.of(order.share() * cores, idle);
  }

  private static Holding memory(HostOrder.Memory order, ControlGroups groups) throws IOException {
    MemoryHolding.Room room =
        new MemoryHolding.Room() {
          @Override
          public long left() throws IOException {
            return Math.min(ProcFile.memoryAvailable(), groups.memoryLeft().orElse(Long.MAX_VALUE));
          }

          @Override
          public Optional<String> refusal(long piece) throws IOException {
            Optional<Long> left = groups.memoryLeft();
            return left.isPresent() && left.get() < piece
                ? Optional.of(
                    "the container's limit lets it have %d MiB more, and %d MiB are asked for"
                        .formatted(left.get() >> 20, piece >> 20))
                : MemoryHolding.ofMachine(order.leave()).refusal(piece);
          }
        };
    Optional<String> refusal = room.refusal(order.bytes());
    if (refusal.isPresent()) {
      throw new IOException(refusal.get());
    }
    return new MemoryHolding(order.bytes(), room);
  }

  @Override
  public void hold() throws IOException, InterruptedException {
    what.hold();
  }

  @Override
  public HostReading read() throws IOException {
    return what.read();
  }
}
