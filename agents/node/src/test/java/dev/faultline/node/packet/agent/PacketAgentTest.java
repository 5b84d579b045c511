package dev.faultline.node.packet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.Await;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import dev.faultline.node.ProcessState;
import dev.faultline.node.SignalResult;
import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketEffect.Bandwidth;
import dev.faultline.node.packet.PacketEffect.Bursts;
import dev.faultline.node.packet.PacketEffect.Corrupt;
import dev.faultline.node.packet.PacketEffect.Duplicate;
import dev.faultline.node.packet.PacketEffect.Latency;
import dev.faultline.node.packet.PacketEffect.Loss;
import dev.faultline.node.packet.PacketEffect.Partition;
import dev.faultline.node.packet.PacketEffect.Partition.Manner;
import dev.faultline.node.packet.PacketEffect.Reorder;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.Probe;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.TestNetwork;
import dev.faultline.node.packet.engine.PacketRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However an agent ends, packets pass, and nothing of it is left. */
class PacketAgentTest {

  private static final String NAME = "fault";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(5);

  private TestNetwork network;
  private Probe probe;

  @BeforeEach
  void start() throws Exception {
    network = TestNetwork.create();
    probe = Probe.on(network, "127.0.0.1");
  }

  @AfterEach
  void end() throws Exception {
    if (probe != null) {
      probe.close();
    }
    if (network != null) {
      network.close();
    }
  }

  static List<PacketEffect> effects() {
    return List.of(
        Latency.of(LONG),
        new Loss(1),
        new Bursts(1, 0, 1, 1),
        new Duplicate(1),
        new Corrupt(1),
        new Reorder(1, LONG),
        new Bandwidth(1, LONG),
        new Partition(Manner.DROP),
        new Partition(Manner.REJECT));
  }

  private RunningPackets agent(Place place, Duration lease) throws PacketRefused {
    return PacketLauncher.likeThisProcess()
        .start(PacketSettings.of("test", place, lease), PATIENCE);
  }

  private RunningPackets agent(Duration lease) throws PacketRefused {
    return agent(new Place.Named(network.path()), lease);
  }

  private PacketFault fault(PacketEffect effect) {
    return PacketFault.of(
        Selection.of(Protocol.UDP, Ends.local(probe.port()), Direction.IN), effect);
  }

  private static PacketReading reading(RunningPackets agent) throws PacketRefused {
    return Optional.ofNullable(agent.readings().get(NAME)).orElseThrow();
  }

  /** A datagram passes whole, at once, and only once; nothing is in the kernel. */
  private void assertClean() throws Exception {
    probe.mustPass();
    int before = probe.arrivals().size();
    for (int i = 0; i < 5; i++) {
      probe.mustPass();
    }
    assertThat(probe.arrivals()).hasSize(before + 5);
    assertThat(network.isClean()).isTrue();
  }

  private static void signal(ProcessIdentity process, PosixSignal signal) throws IOException {
    assertThat(process.signal(signal)).isInstanceOf(SignalResult.Sent.class);
  }

  private static void awaitGone(ProcessIdentity process) throws IOException {
    Await.until("the end of the agent", () -> process.state() == ProcessState.GONE);
  }

  @Test
  void theEndOfInputUndoesEverything() throws Exception {
    RunningPackets agent = agent(PATIENCE);
    agent.put(NAME, fault(Latency.of(LONG)));
    probe.send(20);
    Await.until("held", () -> reading(agent).held() == 20);

    assertThat(agent.end()).isTrue();

    probe.await(20);
    assertClean();
    assertThat(agent.identity().state()).isEqualTo(ProcessState.GONE);
    assertThatThrownBy(agent::renew).isInstanceOf(PacketRefused.class);
  }

  @ParameterizedTest
  @MethodSource("effects")
  @Tag("slow")
  void killedInTheMidstOfAFaultItLeavesNothing(PacketEffect effect) throws Exception {
    try (RunningPackets agent = agent(PATIENCE)) {
      agent.put(NAME, fault(effect));
      try {
        probe.send(20);
      } catch (IOException refusedAsItShould) {
        assertThat(effect).isEqualTo(new Partition(Manner.REJECT));
      }
      Await.until("hit", () -> reading(agent).matched() > 0);
      assertThat(network.isClean()).as("the probe sees what is in force").isFalse();

      signal(agent.identity(), PosixSignal.KILL);

      awaitGone(agent.identity());
      if (!effect.equals(new Partition(Manner.REJECT))) {
        assertClean();
      }
      assertThat(network.isClean()).isTrue();
    }
  }

  @Test
  void stoppedItEndsWithItsLeaseAndWithWhatItHolds() throws Exception {
    try (RunningPackets agent = agent(Duration.ofSeconds(3))) {
      agent.put(NAME, fault(Latency.of(LONG)));
      probe.send(20);
      Await.until("held", () -> reading(agent).held() == 20);
      agent.renew();

      signal(agent.identity(), PosixSignal.STOP);

      awaitGone(agent.identity());
      assertClean();
    }
  }

  @Test
  void withoutRenewalItUndoesAndEndsByItself() throws Exception {
    try (RunningPackets agent = agent(Duration.ofSeconds(2))) {
      agent.put(NAME, fault(Latency.of(LONG)));
      probe.send(20);

      awaitGone(agent.identity());
      assertClean();
    }
  }

  @Test
  void aNamespaceIsFoundByAProcessInIt() throws Exception {
    Process inside =
        new ProcessBuilder(
                "ip", "netns", "exec", network.path().getFileName().toString(), "sleep", "600")
            .start();
    try {
      Await.until(
          "the process has entered",
          () -> Files.isSameFile(Path.of("/proc/" + inside.pid() + "/ns/net"), network.path()));
      try (RunningPackets agent = agent(new Place.OfProcess(inside.pid()), PATIENCE)) {
        agent.put(NAME, fault(new Partition(Manner.DROP)));
        assertThat(probe.passes()).isFalse();
      }
      assertClean();
    } finally {
      inside.destroyForcibly().waitFor();
    }
  }

  @Test
  void whereItCannotBeItSaysWhyAndIsGone() {
    Place nowhere = new Place.Named(Path.of("/run/netns/there-is-none"));

    assertThatThrownBy(() -> agent(nowhere, PATIENCE))
        .isInstanceOf(PacketRefused.class)
        .hasMessageContaining("there-is-none");
  }
}
