package dev.faultline.benchmarks.packets;

import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.agent.PacketLauncher;
import dev.faultline.node.packet.agent.RunningPackets;
import dev.faultline.node.packet.kernel.Kernel;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Two network namespaces with a pair of devices between them, a near and a far one. */
final class Wire implements AutoCloseable {

  static final InetAddress FAR = InetAddress.ofLiteral("10.231.7.2");

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final String near = "flb-near-" + ProcessHandle.current().pid();
  private final String far = "flb-far-" + ProcessHandle.current().pid();

  private Wire() {}

  static Wire lay() throws IOException, InterruptedException {
    Wire wire = new Wire();
    ip("netns", "add", wire.near);
    ip("netns", "add", wire.far);
    ip(
        "link", "add", "w", "netns", wire.near, "type", "veth", "peer", "name", "w", "netns",
        wire.far);
    ip("-n", wire.near, "addr", "add", "10.231.7.1/24", "dev", "w");
    ip("-n", wire.far, "addr", "add", "10.231.7.2/24", "dev", "w");
    ip("-n", wire.near, "link", "set", "w", "up");
    ip("-n", wire.far, "link", "set", "w", "up");
    // A sender keeps what is under way: 4 MiB, as is usual, end at 1.6 Gbit/s under 20 ms.
    Path _ =
        wire.atNear(
            () -> Files.writeString(Path.of("/proc/sys/net/ipv4/tcp_wmem"), "4096 16384 33554432"));
    return wire;
  }

  RunningPackets agentAtFar() throws IOException {
    return agent(far);
  }

  RunningPackets agentAtNear() throws IOException {
    return agent(near);
  }

  private static RunningPackets agent(String namespace) throws IOException {
    Place place = new Place.Named(path(namespace));
    return PacketLauncher.likeThisProcess()
        .start(PacketSettings.of("benchmark", place, LEASE), PATIENCE);
  }

  /** Does something on a thread of the near side: sockets that it opens are there. */
  <T> T atNear(Callable<T> action) throws IOException, InterruptedException {
    return at(near, action);
  }

  /** The same at the far side. */
  <T> T atFar(Callable<T> action) throws IOException, InterruptedException {
    return at(far, action);
  }

  private static <T> T at(String namespace, Callable<T> action)
      throws IOException, InterruptedException {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              new Kernel().enter(path(namespace));
              return action.call();
            });
    Thread.ofPlatform().daemon().start(task);
    try {
      return task.get();
    } catch (ExecutionException failure) {
      throw new IOException("in the namespace " + namespace, failure);
    }
  }

  private static Path path(String namespace) {
    return Path.of("/run/netns", namespace);
  }

  private static void ip(String... words) throws IOException, InterruptedException {
    String[] command = new String[words.length + 1];
    command[0] = "ip";
    System.arraycopy(words, 0, command, 1, words.length);
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("failed: " + String.join(" ", command));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      ip("netns", "delete", near);
      ip("netns", "delete", far);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
