package dev.faultline.node.packet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.node.Await;
import dev.faultline.node.delay.Distribution;
import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.Network;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketEffect.Bandwidth;
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
import dev.faultline.node.packet.Probe.Arrival;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.TestNetwork;
import java.net.PortUnreachableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a fault does to real packets, seen by a probe that knows nothing of faults. */
class PacketEngineTest {

  private static final String NAME = "fault";

  private TestNetwork network;
  private PacketEngine engine;
  private Probe probe;

  @BeforeEach
  void start() throws Exception {
    network = TestNetwork.create();
    engine = PacketEngine.start(settings("test"));
    probe = Probe.on(network, "127.0.0.1");
  }

  @AfterEach
  void end() throws Exception {
    if (probe != null) {
      probe.close();
    }
    if (engine != null) {
      engine.close();
    }
    if (network != null) {
      network.close();
    }
  }

  private PacketSettings settings(String run) {
    return PacketSettings.of(run, new Place.Named(network.path()), Duration.ofMinutes(5));
  }

  private PacketFault fault(Direction direction, PacketEffect... effects) {
    Ends ends = direction == Direction.IN ? Ends.local(probe.port()) : Ends.remote(probe.port());
    return PacketFault.of(Selection.of(Protocol.UDP, ends, direction), effects);
  }

  private PacketReading reading(String name) throws PacketRefused {
    return Optional.ofNullable(engine.readings().get(name)).orElseThrow();
  }

  private static Latency jitter(Duration delay, Duration jitter, boolean ordered) {
    return new Latency(delay, jitter, Distribution.UNIFORM, 0, ordered);
  }

  /** Within five standard deviations of what so many throws of a coin give. */
  private static void assertShare(long hits, int count, double share) {
    assertThat((double) hits)
        .isCloseTo(count * share, within(5 * Math.sqrt(count * share * (1 - share))));
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void packetsAreLateButAllThereAndInOrder(Direction direction) throws Exception {
    engine.put(NAME, fault(direction, Latency.of(Duration.ofMillis(30))));

    probe.send(200);

    List<Arrival> arrivals = probe.await(200);
    assertThat(arrivals).allMatch(arrival -> arrival.nanos() >= 30_000_000);
    assertThat(arrivals).extracting(Arrival::number).isSorted();
    PacketReading reading = engine.remove(NAME).orElseThrow();
    assertThat(reading.matched()).isEqualTo(200);
    assertThat(reading.passed()).isEqualTo(200);
    assertThat(reading.least()).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    assertThat(reading.mostHeld()).isPositive();
  }

  @Test
  void jitterKeepsTheOrderOnlyWhenItShould() throws Exception {
    engine.put(
        NAME, fault(Direction.IN, jitter(Duration.ofMillis(50), Duration.ofMillis(40), true)));
    probe.send(300);
    assertThat(probe.await(300)).extracting(Arrival::number).isSorted();

    engine.put(
        NAME, fault(Direction.IN, jitter(Duration.ofMillis(50), Duration.ofMillis(40), false)));
    probe.send(300);
    List<Arrival> free = probe.await(600).subList(300, 600);
    assertThat(free.stream().map(Arrival::number).toList())
        .isNotEqualTo(free.stream().map(Arrival::number).sorted().toList());
    assertThat(free).allMatch(arrival -> arrival.nanos() >= 10_000_000);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void aShareOfPacketsIsLostWithoutAWordToTheSender(Direction direction) throws Exception {
    engine.put(NAME, fault(direction, new Loss(0.2)));

    probe.send(2000);

    Await.until("all decided", () -> decided(reading(NAME)) == 2000);
    PacketReading reading = engine.remove(NAME).orElseThrow();
    assertShare(reading.lost(), 2000, 0.2);
    probe.await((int) reading.passed());
    probe.send(1);
    assertThat(probe.await((int) reading.passed() + 1).getLast().number()).isEqualTo(2000);
    assertThat(probe.arrivals()).hasSize((int) reading.passed() + 1);
  }

  private static long decided(PacketReading reading) {
    return reading.passed() + reading.lost();
  }

  @ParameterizedTest
  @CsvSource({"IN, 127.0.0.1", "OUT, 127.0.0.1", "IN, ::1", "OUT, ::1"})
  void aShareOfPacketsComesTwice(Direction direction, String address) throws Exception {
    probe.close();
    probe = Probe.on(network, address);
    engine.put(NAME, fault(direction, new Duplicate(0.3)));

    probe.send(500);

    Await.until("all passed", () -> decided(reading(NAME)) == 500);
    PacketReading reading = engine.remove(NAME).orElseThrow();
    assertShare(reading.duplicated(), 500, 0.3);
    assertThat(
            probe.await(500 + (int) reading.duplicated()).stream().map(Arrival::number).distinct())
        .hasSize(500);
  }

  @ParameterizedTest
  @CsvSource({"IN, 127.0.0.1", "OUT, ::1"})
  void aWrongBitIsFoundByTheReceiver(Direction direction, String address) throws Exception {
    probe.close();
    probe = Probe.on(network, address);
    engine.put(NAME, fault(direction, new Corrupt(0.3)));

    probe.send(500);

    Await.until("all passed", () -> decided(reading(NAME)) == 500);
    PacketReading reading = engine.remove(NAME).orElseThrow();
    assertShare(reading.corrupted(), 500, 0.3);
    // The checksum of UDP sees every single bit, so that its receiver drops them.
    probe.send(1);
    int right = 500 - (int) reading.corrupted();
    assertThat(probe.await(right + 1)).hasSize(right + 1);
  }

  @Test
  void packetsThatAreHeldBackAreOvertaken() throws Exception {
    engine.put(NAME, fault(Direction.OUT, new Reorder(0.2, Duration.ofMillis(200))));

    probe.send(200);

    List<Integer> numbers = probe.await(200).stream().map(Arrival::number).toList();
    assertThat(numbers).isNotEqualTo(numbers.stream().sorted().toList());
    assertThat(numbers.stream().sorted().toList()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void aThinLineTakesItsTime(Direction direction) throws Exception {
    // 92 bytes with the headers of IP and UDP: 200 of them take 368 ms.
    engine.put(NAME, fault(direction, new Bandwidth(50_000, Duration.ofMinutes(1))));
    long began = System.nanoTime();

    probe.send(200);

    probe.await(200);
    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(200 * 92 * 20_000L);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void aPartitionDropsSilently(Direction direction) throws Exception {
    engine.put(NAME, fault(direction, new Partition(Manner.DROP)));
    probe.send(100);

    Await.until("all counted", () -> reading(NAME).matched() == 100);
    assertThat(engine.remove(NAME).orElseThrow().lost()).isEqualTo(100);
    probe.send(1);
    assertThat(probe.await(1)).hasSize(1);
  }

  @Test
  void aPartitionThatRefusesSaysSo() throws Exception {
    engine.put(NAME, fault(Direction.IN, new Partition(Manner.REJECT)));

    assertThatThrownBy(() -> Await.until("refused", () -> !send()))
        .isInstanceOf(PortUnreachableException.class);
  }

  private boolean send() throws Exception {
    probe.send(1);
    return true;
  }

  @Test
  void onlyWhatIsSelectedIsHit() throws Exception {
    try (Probe other = Probe.on(network, "127.0.0.1");
        Probe six = Probe.on(network, "::1")) {
      engine.put(NAME, fault(Direction.IN, new Partition(Manner.DROP)));
      assertThat(probe.passes()).isFalse();
      other.mustPass();

      Ends peers = new Ends(List.of(), List.of(), List.of(Network.parse("::/64")));
      engine.put(
          NAME,
          PacketFault.of(
              Selection.of(Protocol.ANY, peers, Direction.IN), new Partition(Manner.DROP)));
      assertThat(six.passes()).isFalse();
      probe.mustPass();
    }
  }

  @Test
  void faultsOnTheSamePacketsAddUp() throws Exception {
    engine.put("slow", fault(Direction.OUT, Latency.of(Duration.ofMillis(20))));
    engine.put("slower", fault(Direction.IN, Latency.of(Duration.ofMillis(30)), new Loss(0.5)));

    probe.send(200);

    Await.until("all decided", () -> decided(reading("slower")) == 200);
    PacketReading reading = engine.remove("slower").orElseThrow();
    assertShare(reading.lost(), 200, 0.5);
    assertThat(probe.await((int) reading.passed()))
        .allMatch(arrival -> arrival.nanos() >= 50_000_000);
  }

  @Test
  void whatIsHeldGoesAtOnceWhenTheFaultEnds() throws Exception {
    engine.put(NAME, fault(Direction.IN, Latency.of(Duration.ofMinutes(5))));
    probe.send(50);
    Await.until("all held", () -> reading(NAME).held() == 50);

    engine.remove(NAME);

    assertThat(probe.await(50)).extracting(Arrival::number).isSorted();
  }

  @Test
  void theEndOfOneFaultDoesNotCostWhatAnotherHolds() throws Exception {
    engine.put("first", fault(Direction.IN, new Loss(0)));
    engine.put(NAME, fault(Direction.IN, Latency.of(Duration.ofSeconds(1))));
    engine.put("last", fault(Direction.OUT, new Partition(Manner.REJECT)));
    engine.remove("last");
    probe.send(50);
    Await.until("all taken", () -> reading(NAME).matched() == 50);

    engine.remove("first");

    assertThat(probe.await(50)).allMatch(arrival -> arrival.nanos() >= 1_000_000_000);
    assertThat(reading(NAME).vanished()).isZero();
  }

  @Test
  void packetsThatAForeignChangeCostsAreCounted() throws Exception {
    network.nft("add", "table", "inet", "theirs");
    network.nft("add", "chain", "inet", "theirs", "c", "{ type filter hook input priority 0; }");
    engine.put(NAME, fault(Direction.IN, Latency.of(Duration.ofMinutes(5))));
    probe.send(5);
    Await.until("all held", () -> reading(NAME).held() == 5);

    network.nft("delete", "table", "inet", "theirs");

    assertThat(engine.remove(NAME).orElseThrow().vanished()).isEqualTo(5);
    probe.send(1);
    assertThat(probe.await(1)).extracting(Arrival::number).containsExactly(5);
  }

  @Test
  void aFaultChangesOnALiveFlow() throws Exception {
    engine.put(NAME, fault(Direction.IN, Latency.of(Duration.ofMinutes(5))));
    probe.send(1);
    Await.until("held", () -> reading(NAME).held() == 1);

    engine.put(NAME, fault(Direction.IN, Latency.of(Duration.ofMillis(1))));
    probe.send(10);

    assertThat(probe.await(10)).extracting(Arrival::number).doesNotContain(0);
    engine.put(NAME, fault(Direction.IN, new Partition(Manner.DROP)));
    assertThat(probe.await(11)).extracting(Arrival::number).contains(0);
    assertThat(probe.passes()).isFalse();
  }

  @Test
  void whenTooManyAreHeldTheOthersPass() throws Exception {
    engine.close();
    engine =
        PacketEngine.start(
            new PacketSettings(
                "few", new Place.Named(network.path()), Duration.ofMinutes(5), 10, List.of()));
    engine.put(NAME, fault(Direction.IN, Latency.of(Duration.ofMinutes(5))));

    probe.send(30);

    probe.await(20);
    PacketReading reading = reading(NAME);
    assertThat(reading.spared()).isEqualTo(20);
    assertThat(reading.held()).isEqualTo(10);
  }

  @Test
  void enginesInOneNamespaceDoNotMeet() throws Exception {
    try (PacketEngine second = PacketEngine.start(settings("test"))) {
      engine.put(NAME, fault(Direction.OUT, Latency.of(Duration.ofMillis(10))));
      second.put(NAME, fault(Direction.OUT, Latency.of(Duration.ofMillis(20))));
      probe.send(1);
      assertThat(probe.await(1).getFirst().nanos()).isGreaterThanOrEqualTo(30_000_000);
    }
    probe.send(1);
    probe.await(2);
    assertThat(reading(NAME).passed()).isEqualTo(2);
  }

  @Test
  void closingLeavesNothingAndForeignRulesAreNotTouched() throws Exception {
    network.nft("add", "table", "inet", "theirs");
    network.nft("add", "chain", "inet", "theirs", "c", "{ type filter hook input priority 0; }");
    network.nft("add", "rule", "inet", "theirs", "c", "udp dport 9 drop");
    String before = network.nft("list", "table", "inet", "theirs");
    engine.put(NAME, fault(Direction.OUT, new Partition(Manner.DROP)));
    engine.put("other", fault(Direction.IN, Latency.of(Duration.ofMillis(1))));
    assertThat(network.isClean()).isFalse();
    assertThat(network.nft("list", "tables")).contains(engine.table());
    assertThatThrownBy(() -> network.nft("delete", "table", "inet", engine.table()))
        .hasMessageContaining("not permitted");

    engine.close();

    assertThat(network.nft("list", "table", "inet", "theirs")).isEqualTo(before);
    assertThat(network.isClean()).isTrue();
    assertThatThrownBy(() -> engine.put(NAME, fault(Direction.IN, new Loss(1))))
        .isInstanceOf(PacketRefused.class);
  }

  @Test
  void whatTheKernelRefusesIsToldAndChangesNothing() {
    Place nowhere = new Place.Named(Path.of("/run/netns/there-is-none"));
    assertThatThrownBy(
            () -> PacketEngine.start(PacketSettings.of("r", nowhere, Duration.ofSeconds(2))))
        .isInstanceOf(PacketRefused.class)
        .hasMessageContaining("there-is-none");
  }

  @Test
  void withoutRenewalTheKernelEndsTheLease() throws Exception {
    engine.close();
    engine =
        PacketEngine.start(
            PacketSettings.of("brief", new Place.Named(network.path()), Duration.ofSeconds(1)));
    engine.put(NAME, fault(Direction.IN, new Partition(Manner.DROP)));
    Await.until("the lease has ended", probe::passes);

    engine.renew();

    assertThat(probe.passes()).isFalse();
  }
}
