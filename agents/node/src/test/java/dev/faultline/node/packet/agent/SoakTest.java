package dev.faultline.node.packet.agent;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.faultline.node.packet.PacketEffect.Reorder;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.Probe;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.Share;
import dev.faultline.node.packet.TestNetwork;
import dev.faultline.node.packet.engine.PacketRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults that come, change and go for a long time, under traffic: nothing grows. */
@Tag("slow")
final class SoakTest {

  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("faultline.soak", 15));
  private static final long SEED = 20_261_126;
  private static final int MOST_GROWTH_KB = 48 << 10;

  /** Queues of a fault that ended a moment ago are still open. */
  private static final int MOST_RETIRING = 16;

  private static final Path CONNECTIONS = Path.of("/proc/thread-self/net/nf_conntrack");

  private static List<PacketEffect> effects() {
    Duration moment = Duration.ofMillis(5);
    return List.of(
        Latency.of(moment),
        new Loss(0.3),
        new Bursts(0.1, 0.3, 1, 0),
        new Duplicate(0.5),
        new Corrupt(0.2),
        new Reorder(0.2, moment),
        new Bandwidth(1 << 20, Duration.ofSeconds(1)),
        new Partition(Partition.Manner.DROP));
  }

  /** What an agent and its network have. */
  private record State(long kilobytes, long descriptors, long rules, boolean tracked) {
    static State of(RunningPackets agent, TestNetwork network) throws Exception {
      Path process = Path.of("/proc", String.valueOf(agent.identity().pid()));
      try (Stream<Path> open = Files.list(process.resolve("fd"))) {
        return new State(
            kilobytes(process),
            open.count(),
            network.nft("list", "ruleset").lines().count(),
            network.inside(
                () -> Files.exists(CONNECTIONS) && !Files.readString(CONNECTIONS).isEmpty()));
      }
    }

    private static long kilobytes(Path process) throws IOException {
      return Files.readAllLines(process.resolve("status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void nothingGrows() throws Exception {
    Random random = new Random(SEED);
    try (TestNetwork network = TestNetwork.create();
        Probe probe = Probe.on(network, "127.0.0.1");
        RunningPackets agent =
            PacketLauncher.likeThisProcess()
                .start(
                    PacketSettings.of(
                        "soak", new Place.Named(network.path()), Duration.ofMinutes(1)),
                    Duration.ofSeconds(30))) {
      // A third of the time is for what a machine of Java learns at first.
      int before = bustle(LENGTH.dividedBy(3), agent, probe, random);
      State then = State.of(agent, network);
      int after = bustle(LENGTH.multipliedBy(2).dividedBy(3), agent, probe, random);
      State now = State.of(agent, network);
      probe.mustPass();

      System.out.printf("%d faults, then %s; %d more, then %s%n", before, then, after, now);
      assertThat(now.kilobytes()).isLessThan(then.kilobytes() + MOST_GROWTH_KB);
      assertThat(now.descriptors()).isLessThan(then.descriptors() + MOST_RETIRING);
      assertThat(now.rules()).isEqualTo(then.rules());
      assertThat(now.tracked()).isFalse();
    }
  }

  private static int bustle(Duration length, RunningPackets agent, Probe probe, Random random)
      throws Exception {
    long end = System.nanoTime() + length.toNanos();
    int faults = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < 4; i++) {
        agent.put("fault-" + i, fault(probe, random));
        probe.send(random.nextInt(50));
        faults++;
      }
      agent.put("fault-" + random.nextInt(4), fault(probe, random));
      probe.send(random.nextInt(200));
      agent.renew();
      for (String name : agent.readings().keySet()) {
        remove(agent, name);
      }
    }
    return faults;
  }

  private static void remove(RunningPackets agent, String name) throws PacketRefused {
    assertThat(agent.remove(name).held()).isNotNegative();
  }

  private static PacketFault fault(Probe probe, Random random) {
    List<PacketEffect> effects = effects();
    Selection selection =
        Selection.of(
            Protocol.UDP,
            Ends.local(probe.port()),
            random.nextBoolean() ? Direction.IN : Direction.OUT);
    return new PacketFault(
        selection,
        Share.ALL,
        List.of(effects.get(random.nextInt(effects.size()))),
        random.nextLong());
  }
}
