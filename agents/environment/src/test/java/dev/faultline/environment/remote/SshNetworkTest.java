package dev.faultline.environment.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.environment.Await;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Action.OnHost;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NetworkAccess;
import dev.faultline.model.world.Selector;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.Traffic;
import dev.faultline.node.packet.agent.PacketProcesses;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host with a network of its own: its packets are cut off, and the way to it is not. */
@Tag("slow")
final class SshNetworkTest {

  private static final String OURS = "10.98.41.1";
  private static final String THEIRS = "10.98.41.2";

  @TempDir private Path folder;

  private final long id = ProcessHandle.current().pid() % 100_000;
  private final String network = "flt-ssh-" + id;
  private final String device = "fltssh" + id;
  private final String run = "run-" + System.nanoTime();
  private Sshd sshd;

  @BeforeEach
  void aNetworkWithAServer() throws Exception {
    assumeTrue(Sshd.isRoot(), "needs root, for network namespaces");
    assumeTrue(run("ip", "netns", "add", network) == 0, "needs network namespaces");
    String[] pair = {"ip", "link", "add", device, "type", "veth", "peer", "name", "eth0"};
    assertThat(run(with(pair, "netns", network))).isZero();
    assertThat(run("ip", "addr", "add", OURS + "/30", "dev", device)).isZero();
    assertThat(run("ip", "link", "set", device, "up")).isZero();
    assertThat(run("ip", "-n", network, "addr", "add", THEIRS + "/30", "dev", "eth0")).isZero();
    assertThat(run("ip", "-n", network, "link", "set", "eth0", "up")).isZero();
    assertThat(run("ip", "-n", network, "link", "set", "lo", "up")).isZero();
    sshd = Sshd.start(folder, THEIRS, Optional.of(network));
  }

  @AfterEach
  void nothingStays() throws Exception {
    if (sshd != null) {
      sshd.close();
    }
    Await.until("no agent is left", () -> PacketProcesses.find(run).isEmpty());
    int _ = run("ip", "netns", "delete", network);
  }

  private static String[] with(String[] some, String... more) {
    return Stream.of(some, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static int run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Whether a connection to a port where nobody listens is refused, not left without answer. */
  private static boolean answers() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(THEIRS, 9), 2_000);
      return true;
    } catch (ConnectException refused) {
      return true;
    } catch (SocketTimeoutException silent) {
      return false;
    }
  }

  private NetworkAccess access(Habitat habitat) {
    Target target = Target.of(new Selector.Netns(List.of(network))).on(HostController.HOST);
    Instance there = habitat.facts(target).instances().getFirst().itself();
    return ((Instance.NetworkInstance) there).network();
  }

  @Test
  void everythingButOurConnectionIsCutOffAndComesBackWithTheEndOfIt() throws Exception {
    assertThat(answers()).isTrue();
    try (Habitat habitat = HostController.open(folder, run)) {
      NetworkAccess access = access(habitat);
      assertThat(access.shared()).as("the program there is in that network itself").isTrue();

      Action cut =
          new Action.DisturbPackets(
              access.place(),
              "cut",
              new Disturbance.Partition(false),
              Traffic.ALL,
              Direction.BOTH,
              Duration.ofSeconds(30),
              7);
      assertThat(habitat.apply(new OnHost(HostController.HOST, cut)))
          .isInstanceOf(Effect.Done.class);

      assertThat(answers()).isFalse();
      assertThat(habitat.apply(new Action.RenewLease())).isInstanceOf(Effect.Done.class);
    }
    assertThat(PacketProcesses.find(run)).isEmpty();
    assertThat(answers()).isTrue();
  }
}
