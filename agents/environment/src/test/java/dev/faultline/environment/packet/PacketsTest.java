package dev.faultline.environment.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.environment.Await;
import dev.faultline.model.world.Action.DisturbPackets;
import dev.faultline.model.world.Action.RestorePackets;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.LinkReading;
import dev.faultline.model.world.NetworkPlace;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Query.PacketStatus;
import dev.faultline.model.world.Traffic;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.packet.agent.PacketProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Packets of a real network namespace, through a real agent, looked at by connections. */
@Tag("slow")
final class PacketsTest {

  private static final Disturbance CUT = new Disturbance.Partition(false);
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final String network = "flt-env-" + ProcessHandle.current().pid();
  private final String run = "run-" + System.nanoTime();
  private final NetworkPlace place =
      new NetworkPlace(network, "/run/netns/" + network, Optional.empty());
  private Packets packets;

  @BeforeEach
  void aNetwork() throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "needs root, for network namespaces");
    for (String program : List.of("ip", "nsenter", "timeout")) {
      assumeTrue(
          Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/bin")
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
          "needs " + program);
    }
    assumeTrue(run("ip", "netns", "add", network) == 0, "needs network namespaces");
    assertThat(run("ip", "-n", network, "link", "set", "lo", "up")).isZero();
    packets = packets();
  }

  @AfterEach
  void nothingStays() throws Exception {
    if (packets != null) {
      packets.close();
      assertThat(PacketProcesses.find(run)).isEmpty();
    }
    int _ = run("ip", "netns", "delete", network);
  }

  private Packets packets() {
    return new Packets(run, JAVA, _ -> new Facts(List.of(), List.of(), List.of()));
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /**
   * Whether a connection to a port where nobody listens is refused, and not left without answer.
   */
  private boolean passes() throws IOException, InterruptedException {
    return run(
            "nsenter",
            "--net=" + place.path(),
            "timeout",
            "2",
            "bash",
            "-c",
            "exec 3<>/dev/tcp/127.0.0.1/9")
        == 1;
  }

  private DisturbPackets order(NetworkPlace where, Traffic traffic) {
    return new DisturbPackets(
        where, "cut", CUT, traffic, Direction.BOTH, Duration.ofSeconds(30), 7);
  }

  private static LinkReading reading(Packets asked, NetworkPlace where) {
    return ((Answer.LinkIs) asked.status(new PacketStatus(where, "cut", CUT))).reading();
  }

  @Test
  void whatIsPutInForceIsMeasuredAndTakenBack() throws Exception {
    assertThat(passes()).isTrue();

    assertThat(packets.disturb(order(place, Traffic.ALL))).isInstanceOf(Effect.Done.class);
    assertThat(passes()).isFalse();
    assertThat(CUT.shownBy(reading(packets, place))).isTrue();
    assertThat(packets.renew()).isEmpty();

    assertThat(packets.restore(new RestorePackets(place, "cut"))).isInstanceOf(Effect.Done.class);
    assertThat(reading(packets, place).inForce()).isFalse();
    assertThat(passes()).isTrue();
    assertThat(packets.restore(new RestorePackets(place, "cut")))
        .as("once more does no harm")
        .isInstanceOf(Effect.Done.class);
  }

  @Test
  void anotherProcessOfTheRunEndsWhatThisOneLeft() throws Exception {
    assertThat(packets.disturb(order(place, Traffic.ALL))).isInstanceOf(Effect.Done.class);
    try (Packets later = packets()) {
      assertThat(reading(later, place).inForce()).as("its agent lives").isTrue();

      assertThat(later.restore(new RestorePackets(place, "cut"))).isInstanceOf(Effect.Done.class);
      Await.until("nothing is in force", () -> !reading(later, place).inForce());
    }
    assertThat(passes()).isTrue();
    assertThat(packets.renew()).as("the loss of the agent is told").isPresent();
    Await.until("its end is seen", () -> !reading(packets, place).inForce());
  }

  @Test
  void theNetworkOfAProcessIsEnteredThroughIt() throws Exception {
    Process sleeper =
        new ProcessBuilder("nsenter", "--net=" + place.path(), "sleep", "600").start();
    try {
      Await.until("it is there", () -> !Networks.of(ref(sleeper), sleeper.pid()).shared());
      NetworkPlace through = Networks.of(ref(sleeper), sleeper.pid()).place();

      assertThat(packets.disturb(order(through, Traffic.ALL))).isInstanceOf(Effect.Done.class);
      assertThat(passes()).isFalse();
      assertThat(packets.restore(new RestorePackets(through, "cut")))
          .isInstanceOf(Effect.Done.class);

      NetworkPlace another =
          new NetworkPlace("web", through.path(), Optional.of(new ProcessRef("web", "boot:1:1")));
      assertThat(packets.disturb(order(another, Traffic.ALL))).isInstanceOf(Effect.Failed.class);
    } finally {
      sleeper.destroyForcibly().waitFor();
    }
  }

  private static ProcessRef ref(Process process) {
    return new ProcessRef("web", ProcessIdentity.of(process.pid()).orElseThrow().text());
  }

  private static Traffic with(String peer) {
    return new Traffic(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(peer),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aHostThatMovesIsFollowedWhileItsFaultLasts() throws Exception {
    AtomicReference<String> address = new AtomicReference<>("127.0.0.2");
    HostNames names = _ -> List.of(InetAddress.ofLiteral(address.get()));
    try (Packets following = new Packets(run, JAVA, names, Duration.ofMillis(50))) {
      assertThat(following.disturb(order(place, with("db.shop")))).isInstanceOf(Effect.Done.class);
      assertThat(passes()).isTrue();

      address.set("127.0.0.1");

      Await.until("the new address is cut off", () -> !passes());
      assertThat(following.restore(new RestorePackets(place, "cut")))
          .isInstanceOf(Effect.Done.class);
      assertThat(passes()).isTrue();
      assertThat(following.addresses(new Query.AddressesOf("db.shop")))
          .isEqualTo(new Answer.AddressesAre(List.of("127.0.0.1")));
    }
  }

  @Test
  void anotherNetworkIsAPeerByItsAddresses() throws Exception {
    assertThat(run("ip", "-n", network, "addr", "add", "10.98.7.1/32", "dev", "lo")).isZero();
    assertThat(run("ip", "-n", network, "addr", "add", "fd00:98::7/128", "dev", "lo")).isZero();

    assertThat(packets.addresses(new Query.AddressesOf("netns/" + network)))
        .isEqualTo(new Answer.AddressesAre(List.of("10.98.7.1", "fd00:98:0:0:0:0:0:7")));
    assertThat(packets.addresses(new Query.AddressesOf("netns/none-such")).words())
        .contains("no network is called 'netns/none-such'");
    assertThat(packets.addresses(new Query.AddressesOf("process/none-such")).words())
        .contains("process/none-such");
  }

  @Test
  void aHostThatNobodyKnowsIsToldAndNothingIsDone() {
    assertThat(packets.addresses(new Query.AddressesOf("no-such-host.invalid")).words())
        .contains("no host is called 'no-such-host.invalid'");
    assertThat(packets.disturb(order(place, with("no-such-host.invalid"))))
        .isInstanceOfSatisfying(
            Effect.Failed.class,
            failed -> assertThat(failed.detail()).contains("no host is called 'no-such-host"));
  }

  @Test
  void networksAreFoundByNameAndPath() {
    Facts facts = Networks.facts(List.of(network, place.path(), "no-such-network"));

    assertThat(facts.instances()).extracting(Instance::name).contains(network, place.path());
    assertThat(facts.missing()).containsExactly("no-such-network");
    assertThat(facts.known()).contains(network);
    assertThat(Networks.facts(List.of("/proc/self/ns/net")).instances())
        .singleElement()
        .isInstanceOfSatisfying(
            Instance.NetworkInstance.class, own -> assertThat(own.network().shared()).isTrue());
  }
}
