package dev.faultline.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is known by the addresses that its kernel chooses on the way to a pod. */
class NodeAddressesTest {

  private static final String TRIE =
      """
      Main:
        +-- 0.0.0.0/0 3 0 5
           |-- 0.0.0.0
              /0 universe UNICAST
           |-- 10.244.1.0
              /24 link UNICAST
      Local:
        +-- 0.0.0.0/0 3 0 5
           +-- 127.0.0.0/8 2 0 2
              |-- 127.0.0.1
                 /32 host LOCAL
              |-- 127.255.255.255
                 /32 link BROADCAST
           |-- 10.244.1.7
              /32 host LOCAL
           |-- 10.244.1.255
              /32 link BROADCAST
      """;

  private static final String SIX =
      """
      00000000000000000000000000000001 01 80 10 80       lo
      fe80000000000000a41b2fffe3c4d5e6 02 40 20 80     eth0
      fd000000000000000000000000000007 02 40 00 80     eth0
      """;

  @TempDir private Path proc;
  private NodeAddresses addresses;

  @BeforeEach
  void aPod() throws IOException {
    Path net = Files.createDirectories(proc.resolve("7/net"));
    Files.writeString(net.resolve("fib_trie"), TRIE);
    Files.writeString(net.resolve("if_inet6"), SIX);
    Files.createDirectories(proc.resolve("1/ns"));
    addresses = new NodeAddresses(proc);
  }

  @Test
  void theAddressesOfAPodAreThoseThatOthersCanReach() throws Exception {
    assertThat(addresses.own(7))
        .containsExactly(InetAddress.ofLiteral("10.244.1.7"), InetAddress.ofLiteral("fd00::7"));
  }

  @Test
  void theKernelSaysWhereAPacketWouldBeFrom() throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");

    assertThat(NodeAddresses.source(loopback)).isEqualTo(loopback);
  }

  @Test
  void whereNothingIsShownThereAreNone() throws Exception {
    assertThat(addresses.reaching(8)).isEmpty();
  }
}
