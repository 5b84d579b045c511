package dev.faultline.node.packet.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.Network;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketEffect.Latency;
import dev.faultline.node.packet.PacketEffect.Partition;
import dev.faultline.node.packet.PacketEffect.Partition.Manner;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.Share;
import dev.faultline.node.packet.rules.Expression.Count;
import dev.faultline.node.packet.rules.Expression.Drop;
import dev.faultline.node.packet.rules.Expression.Go;
import dev.faultline.node.packet.rules.Expression.In;
import dev.faultline.node.packet.rules.Expression.Is;
import dev.faultline.node.packet.rules.Expression.Mask;
import dev.faultline.node.packet.rules.Expression.Payload;
import dev.faultline.node.packet.rules.Expression.Queue;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultRulesTest {

  private static final List<Ends> SPARED = List.of(Ends.local(22));
  private static final Selection BOTH =
      Selection.of(Protocol.ANY, Ends.local(80), Direction.IN, Direction.OUT);

  private static RuleSet rules(PacketFault fault) {
    return new FaultRules(
            fault, new Position(1, 3), Map.of(Direction.IN, 8, Direction.OUT, 9), 0, SPARED)
        .ruleSet();
  }

  private static Chain chain(RuleSet rules, String name) {
    return rules.chains().stream()
        .filter(chain -> chain.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Expression> steps(RuleSet rules) {
    return rules.chains().stream()
        .flatMap(chain -> chain.rules().stream())
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void aChainLeadsOnlyToThoseBeforeIt() {
    RuleSet rules = rules(PacketFault.of(BOTH, Latency.of(Duration.ofMillis(1))));
    Set<String> known = new HashSet<>();
    for (Chain chain : rules.chains()) {
      for (List<Expression> rule : chain.rules()) {
        if (rule.getLast() instanceof Go(String next)) {
          assertThat(known).contains(next);
        }
      }
      known.add(chain.name());
    }
    assertThat(rules.counters()).containsExactly("f3_in", "f3_out");
  }

  @Test
  void aPacketMeetsTheLeaseBeforeAnyConditionAndAfterAllThatIsSpared() {
    RuleSet rules = rules(PacketFault.of(BOTH, Latency.of(Duration.ofMillis(1))));
    for (String base : rules.counters()) {
      List<List<Expression>> all = chain(rules, base).rules();
      assertThat(all.getLast()).contains(new In(0, FaultRules.LEASE));
      assertThat(all.subList(0, all.size() - 1))
          .allSatisfy(rule -> assertThat(rule).endsWith(new Expression.Pass()));
    }
  }

  @Test
  void whatIsDoneDependsOnTheEffectAndTheDirection() {
    assertThat(action(Latency.of(Duration.ofMillis(1)), "f3_in_3"))
        .containsExactly(List.of(new Count("f3_in"), new Queue(8)));
    assertThat(action(new Partition(Manner.DROP), "f3_in_3"))
        .containsExactly(List.of(new Count("f3_in"), new Drop()));
    assertThat(action(new Partition(Manner.DROP), "f3_out_3"))
        .as("a drop would be told to the sender")
        .containsExactly(List.of(new Count("f3_out"), new Queue(9)));
  }

  private static List<List<Expression>> action(PacketEffect effect, String chain) {
    return chain(rules(PacketFault.of(BOTH, effect)), chain).rules();
  }

  @Test
  void bothWaysOfAFlowAreHashedAlike() {
    PacketFault fault =
        new PacketFault(
            Selection.of(Protocol.TCP, Ends.ANY, Direction.IN, Direction.OUT),
            new Share(0.5, 1),
            List.of(Latency.of(Duration.ofMillis(1))),
            1);
    RuleSet rules = rules(fault);

    // Local address, other address, local port, other port; IPv4 over TCP is the first alternative.
    assertThat(loads(rules, "f3_out_2")).containsExactly(12, 16, 0, 2);
    assertThat(loads(rules, "f3_in_2")).containsExactly(16, 12, 2, 0);
  }

  private static List<Integer> loads(RuleSet rules, String chain) {
    return chain(rules, chain).rules().getFirst().stream()
        .filter(Payload.class::isInstance)
        .map(step -> ((Payload) step).offset())
        .toList();
  }

  @Test
  void aPacketThatWasSentAgainMeetsOnlyTheFaultsBehind() {
    Position last = new Position(5, 7);
    for (int slot = 0; slot < Position.SLOTS; slot++) {
      for (Direction direction : Direction.values()) {
        boolean meets = !passes(new Position(5, slot), direction, last.mark(direction));
        assertThat(meets).isEqualTo(slot > last.slot());
      }
      Position here = new Position(5, slot);
      assertThat(passes(here, Direction.OUT, last.mark(Direction.IN)))
          .as("on its way in, but leaving for there first")
          .isTrue();
      assertThat(passes(here, Direction.IN, last.mark(Direction.OUT))).isFalse();
    }
    assertThat(passes(new Position(6, 0), Direction.OUT, last.mark(Direction.OUT))).isFalse();
    assertThat(passes(new Position(4, 31), Direction.OUT, last.mark(Direction.OUT))).isTrue();
    assertThat(passes(last, Direction.OUT, 0)).isFalse();
  }

  private static boolean passes(Position position, Direction direction, int mark) {
    return Integer.compareUnsigned(mark, position.mark(direction)) >= 0
        && Integer.compareUnsigned(mark, Position.LAST_MARK) <= 0;
  }

  @Test
  void aNetworkIsComparedByItsPrefixAlone() {
    Ends ends = new Ends(List.of(), List.of(), List.of(Network.parse("10.255.255.255/9")));
    RuleSet rules =
        rules(
            PacketFault.of(
                Selection.of(Protocol.ANY, ends, Direction.IN), new Partition(Manner.DROP)));

    assertThat(steps(rules))
        .contains(
            new Mask(0, Bytes.of((byte) 255, (byte) 128, (byte) 0, (byte) 0)),
            new Is(0, Is.Relation.EQUAL, Bytes.of((byte) 10, (byte) 128, (byte) 0, (byte) 0)));
  }
}
