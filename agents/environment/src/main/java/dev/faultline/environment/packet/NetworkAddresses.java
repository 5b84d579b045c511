package dev.faultline.environment.packet;

import dev.faultline.node.packet.kernel.Kernel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The addresses by which others reach what is in a network namespace. */
final class NetworkAddresses {

  /** What Java's own list of interfaces tells of IPv6 is that of the process, not of the thread. */
  private static final Path NETWORK = Path.of("/proc/thread-self/net");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String LEAF = "|-- ";
  private static final String OWN = "/32 host LOCAL";
  private static final String GLOBAL = "00";
  private static final int SCOPE = 3;

  private NetworkAddresses() {}

  /**
   * Those of IPv4 and IPv6 but of the loopback interface, and those of IPv6 that hold on one line
   * alone.
   *
   * @throws IOException when the namespace cannot be entered
   */
  static List<String> of(Path namespace) throws IOException, InterruptedException {
    FutureTask<List<String>> inside =
        new FutureTask<>(
            () -> {
              new Kernel().enter(namespace);
              TreeSet<String> found = new TreeSet<>(four(lines("fib_trie")));
              found.addAll(six(lines("if_inet6")));
              return List.copyOf(found);
            });
    // The thread stays in that network for good, so it cannot be one that others use.
    Thread.ofPlatform().daemon().name("addresses").start(inside);
    try {
      return inside.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException hangs) {
      throw new IOException("no answer within %d s".formatted(PATIENCE.toSeconds()), hangs);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      throw new IOException(cause == null ? null : cause.getMessage(), failure);
    }
  }

  private static List<String> lines(String table) throws IOException {
    Path file = NETWORK.resolve(table);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** In the kernel's tree of routes, an address of this network stands above what says so. */
  static List<String> four(List<String> tree) {
    List<String> found = new ArrayList<>();
    String last = "";
    for (String line : tree) {
      String words = line.strip();
      if (words.startsWith(LEAF)) {
        last = words.substring(LEAF.length());
      } else if (words.equals(OWN) && !last.startsWith("127.")) {
        found.add(last);
      }
    }
    return found;
  }

  /** Each line is an address, the number of its interface, its prefix and its scope. */
  static List<String> six(List<String> table) throws UnknownHostException {
    List<String> found = new ArrayList<>();
    for (String line : table) {
      String[] words = line.strip().split("\\s+");
      if (words.length > SCOPE && words[SCOPE].equals(GLOBAL)) {
        byte[] address = HexFormat.of().parseHex(words[0]);
        found.add(InetAddress.getByAddress(address).getHostAddress());
      }
    }
    return found;
  }
}
