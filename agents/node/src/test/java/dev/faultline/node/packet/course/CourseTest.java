package dev.faultline.node.packet.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.node.delay.Distribution;
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
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Packets come each microsecond, in time that is not real. */
class CourseTest {

  private static final int COUNT = 100_000;
  private static final long GAP = 1_000;
  private static final int LENGTH = 1_000;
  private static final Selection ALL =
      Selection.of(Protocol.ANY, Ends.ANY, Direction.IN, Direction.OUT);

  /** What became of a packet. */
  private record Became(long comes, long leaves, boolean lost, boolean twice, boolean corrupt) {}

  private static byte[] nothing() {
    return new byte[0];
  }

  private static List<Became> send(int count, Share share, long seed, PacketEffect... effects) {
    PacketFault fault = new PacketFault(ALL, share, List.of(effects), seed);
    Course course = Course.of(fault, Direction.OUT, 0);
    List<Became> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Fate fate = course.meet(i * GAP, LENGTH, CourseTest::nothing);
      all.add(new Became(i * GAP, fate.leaves(), fate.lost(), fate.twice(), fate.corrupt()));
    }
    return all;
  }

  private static List<Became> send(PacketEffect... effects) {
    return send(COUNT, Share.ALL, 1, effects);
  }

  /** Within five standard deviations of what so many throws of a coin give. */
  private static void assertShare(List<Became> all, Predicate<Became> which, double share) {
    double mean = share * all.size();
    double deviation = Math.sqrt(mean * (1 - share));
    assertThat((double) all.stream().filter(which).count()).isCloseTo(mean, within(5 * deviation));
  }

  @Test
  void aDelayIsTheSameForAll() {
    assertThat(send(Latency.of(Duration.ofMillis(20))))
        .allMatch(packet -> packet.leaves() == packet.comes() + 20_000_000);
  }

  @Test
  void packetsStayInOrderOnALongerLineAndOvertakeOtherwise() {
    for (boolean ordered : List.of(true, false)) {
      List<Became> all =
          send(
              new Latency(
                  Duration.ofMillis(20), Duration.ofMillis(5), Distribution.NORMAL, 0, ordered));
      long[] leaves = all.stream().mapToLong(Became::leaves).toArray();
      long[] sorted = leaves.clone();
      Arrays.sort(sorted);
      assertThat(Arrays.equals(leaves, sorted)).isEqualTo(ordered);
    }
  }

  @Test
  void eachShareIsMet() {
    assertShare(send(new Loss(0.1)), Became::lost, 0.1);
    assertShare(send(new Duplicate(0.2)), Became::twice, 0.2);
    assertShare(send(new Corrupt(0.3)), Became::corrupt, 0.3);
    assertShare(
        send(new Reorder(0.4, Duration.ofMillis(1))),
        packet -> packet.leaves() == packet.comes() + 1_000_000,
        0.4);
    assertShare(
        send(COUNT, new Share(1, 0.25), 1, Latency.of(Duration.ofMillis(1))),
        packet -> packet.leaves() > packet.comes(),
        0.25);
  }

  @Test
  void lossComesInBursts() {
    List<Became> all = send(new Bursts(0.01, 0.25, 1, 0));
    int lost = 0;
    int bursts = 0;
    for (int i = 0; i < all.size(); i++) {
      lost += all.get(i).lost() ? 1 : 0;
      bursts += all.get(i).lost() && (i == 0 || !all.get(i - 1).lost()) ? 1 : 0;
    }
    // The chain is bad for p / (p + r) of the time, 1 / r packets each time: a geometric length,
    // whose deviation is nearly its mean.
    double length = (double) lost / bursts;
    assertThat(length).isCloseTo(4, within(5 * 4 / Math.sqrt(bursts)));
    assertThat((double) bursts / all.size()).isCloseTo(0.01 * 0.25 / 0.26, within(0.001));
  }

  @Test
  void aThinLineSendsOneByteAfterTheOther() {
    // 1000 packets of 1000 bytes come within a millisecond; the line takes 1 ms for each.
    List<Became> all = send(1000, Share.ALL, 1, new Bandwidth(1_000_000, Duration.ofMinutes(1)));
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).leaves()).isEqualTo((i + 1) * 1_000_000L);
    }
  }

  @Test
  void whatWouldWaitTooLongForAThinLineIsLost() {
    List<Became> all = send(1000, Share.ALL, 1, new Bandwidth(1_000_000, Duration.ofMillis(10)));

    assertThat(all.stream().filter(packet -> !packet.lost()).count()).isEqualTo(11);
    assertThat(all.subList(0, 10)).noneMatch(Became::lost);
    assertThat(all.subList(20, 1000)).allMatch(Became::lost);
  }

  @Test
  void anIdleLineSavesNothingUp() {
    Course course =
        Course.of(
            PacketFault.of(ALL, new Bandwidth(1_000_000, Duration.ofSeconds(1))), Direction.IN, 0);
    assertThat(course.meet(0, LENGTH, CourseTest::nothing).leaves()).isEqualTo(1_000_000);
    assertThat(course.meet(500_000_000, LENGTH, CourseTest::nothing).leaves())
        .isEqualTo(501_000_000);
  }

  @Test
  void effectsAddUpWhateverTheirOrder() {
    PacketEffect latency = Latency.of(Duration.ofMillis(5));
    PacketEffect bandwidth = new Bandwidth(1_000_000, Duration.ofMinutes(1));
    List<Became> all = send(100, Share.ALL, 1, latency, bandwidth, new Loss(0.5));

    assertThat(all).isEqualTo(send(100, Share.ALL, 1, new Loss(0.5), bandwidth, latency));
    List<Became> passed = all.stream().filter(packet -> !packet.lost()).toList();
    for (int i = 1; i < passed.size(); i++) {
      // Lost packets take no room on the line.
      assertThat(passed.get(i).leaves() - passed.get(i - 1).leaves()).isEqualTo(1_000_000);
    }
  }

  @Test
  void theSameSeedGivesTheSameFatesAndEachDirectionItsOwn() {
    assertThat(send(500, Share.ALL, 3, new Loss(0.5)))
        .isEqualTo(send(500, Share.ALL, 3, new Loss(0.5)))
        .isNotEqualTo(send(500, Share.ALL, 4, new Loss(0.5)));
    PacketFault fault = PacketFault.of(ALL, new Loss(0.5));
    Course in = Course.of(fault, Direction.IN, 0);
    Course out = Course.of(fault, Direction.OUT, 0);
    long differing = 0;
    for (int i = 0; i < 100; i++) {
      differing +=
          in.meet(i, 1, CourseTest::nothing).lost() != out.meet(i, 1, CourseTest::nothing).lost()
              ? 1
              : 0;
    }
    assertThat(differing).isPositive();
  }

  @Test
  void aPartitionTakesNoCourse() {
    PacketFault fault = PacketFault.of(ALL, new Partition(Partition.Manner.DROP));
    assertThatThrownBy(() -> Course.of(fault, Direction.IN, 0))
        .hasMessageContaining("done by the kernel");
  }
}
