package dev.faultline.node.packet.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeldTest {

  private record Packet(int id, long due) {}

  @Test
  void packetsLeaveByTheirTimeAndThoseOfTheSameTimeAsTheyCame() {
    var dice = new SplittableRandom(7);
    Held held = new Held();
    // A queue of objects that is known to be right; the order of coming is that of the ids.
    var known =
        new PriorityQueue<Packet>(
            Comparator.comparingLong(Packet::due).thenComparingInt(Packet::id));
    List<Integer> left = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    for (int id = 0; id < 20_000; id++) {
      long due = dice.nextInt(1000);
      held.add(id, 0, due, 10);
      known.add(new Packet(id, due));
      while (held.size() > 3000 || (held.size() > 0 && dice.nextInt(3) == 0)) {
        assertThat(held.next()).isEqualTo(known.element().due());
        left.add(held.remove());
        expected.add(known.remove().id());
      }
    }
    while (held.size() > 0) {
      left.add(held.remove());
      expected.add(known.remove().id());
    }
    assertThat(left).isEqualTo(expected);
    assertThat(held.bytes()).isZero();
    assertThat(held.next()).isEqualTo(Held.NEVER);
  }

  @Test
  void whenAPacketCameIsKept() {
    Held held = new Held();
    held.add(1, 30, 300, 5);
    held.add(2, 40, 200, 6);

    assertThat(held.arrival()).isEqualTo(40);
    assertThat(held.bytes()).isEqualTo(11);
    assertThat(held.remove()).isEqualTo(2);
    assertThat(held.arrival()).isEqualTo(30);
    assertThat(held.bytes()).isEqualTo(5);
  }
}
