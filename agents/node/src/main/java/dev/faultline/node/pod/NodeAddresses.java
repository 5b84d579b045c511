package dev.faultline.node.pod;

import dev.faultline.node.packet.kernel.Kernel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By which addresses a node reaches a pod that is on it, such as the probes of its kubelet: those
 * that the kernel of the node chooses on the way to the addresses of the pod, of which no other
 * place knows.
 *
 * @param proc {@code /proc}, as the node itself sees it
 */
record NodeAddresses(Path proc) {

  private static final Pattern LEAF = Pattern.compile("\\s*\\|-- ([0-9.]+)");
  private static final Pattern OWN = Pattern.compile("\\s*/32 host LOCAL");
  private static final Pattern SIX =
      Pattern.compile("([0-9a-f]{32}) [0-9a-f]+ [0-9a-f]+ 00 [0-9a-f]+ +\\S+");
  private static final int NO_MATTER = 9;

  /**
   * The addresses; none where they cannot be found out.
   *
   * @param pid a process of the pod
   */
  Set<InetAddress> reaching(long pid) {
    CompletableFuture<Set<InetAddress>> found = new CompletableFuture<>();
    // What it enters it cannot leave.
    Thread.ofPlatform()
        .daemon()
        .name("node")
        .start(
            () -> {
              try {
                found.complete(look(pid));
              } finally {
                // Whatever went wrong there, nobody waits for ever.
                found.complete(Set.of());
              }
            });
    return found.join();
  }

  private Set<InetAddress> look(long pid) {
    Set<InetAddress> sources = new LinkedHashSet<>();
    try {
      List<InetAddress> pod = own(pid);
      new Kernel().enter(proc.resolve("1/ns/net"));
      for (InetAddress address : pod) {
        sources.add(source(address));
      }
      return sources;
    } catch (IOException | UnsupportedOperationException | LinkageError hidden) {
      return Set.of();
    }
  }

  /** Where a packet of this machine to that address would say that it is from; none is sent. */
  static InetAddress source(InetAddress to) throws IOException {
    try (DatagramChannel channel =
        DatagramChannel.open(
            to instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6)) {
      channel.connect(new InetSocketAddress(to, NO_MATTER));
      return channel.getLocalAddress() instanceof InetSocketAddress from
          ? from.getAddress()
          : InetAddress.getLoopbackAddress();
    }
  }

  /** The addresses of the pod that others can reach. */
  List<InetAddress> own(long pid) throws IOException {
    Path net = proc.resolve(Long.toString(pid)).resolve("net");
    List<InetAddress> own = new ArrayList<>(four(Files.readString(net.resolve("fib_trie"))));
    if (Files.exists(net.resolve("if_inet6"))) {
      own.addAll(six(Files.readString(net.resolve("if_inet6"))));
    }
    return own;
  }

  private static List<InetAddress> four(String trie) {
    Set<InetAddress> own = new LinkedHashSet<>();
    String last = "";
    for (String line : trie.lines().toList()) {
      Matcher leaf = LEAF.matcher(line);
      if (leaf.matches()) {
        last = String.valueOf(leaf.group(1));
      } else if (OWN.matcher(line).matches()) {
        own.add(InetAddress.ofLiteral(last));
      }
    }
    return own.stream().filter(address -> !address.isLoopbackAddress()).toList();
  }

  /** Those of a link, and the loopback, are of another scope. */
  private static List<InetAddress> six(String addresses) throws IOException {
    List<InetAddress> own = new ArrayList<>();
    for (String line : addresses.lines().toList()) {
      Matcher one = SIX.matcher(line.strip());
      if (one.matches()) {
        own.add(InetAddress.getByAddress(HexFormat.of().parseHex(String.valueOf(one.group(1)))));
      }
    }
    return own;
  }
}
