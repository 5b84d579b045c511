package dev.faultline.node.packet.rules;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect.Partition;
import dev.faultline.node.packet.PacketEffect.Partition.Manner;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.rules.Chain.Hook;
import dev.faultline.node.packet.rules.Expression.Between;
import dev.faultline.node.packet.rules.Expression.Count;
import dev.faultline.node.packet.rules.Expression.Drop;
import dev.faultline.node.packet.rules.Expression.Go;
import dev.faultline.node.packet.rules.Expression.In;
import dev.faultline.node.packet.rules.Expression.Mask;
import dev.faultline.node.packet.rules.Expression.Meta;
import dev.faultline.node.packet.rules.Expression.NetworkOrder;
import dev.faultline.node.packet.rules.Expression.Pass;
import dev.faultline.node.packet.rules.Expression.Payload;
import dev.faultline.node.packet.rules.Expression.Payload.Base;
import dev.faultline.node.packet.rules.Expression.Queue;
import dev.faultline.node.packet.rules.Expression.Reject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a fault: a base chain for each direction, which spares what must be spared and goes
 * on only while the lease lives; then a chain for each condition, of which any rule leads to the
 * next; then what is done. A direction that is not selected has an empty base chain, as base chains
 * stay for good and keep their order.
 *
 * @param position where it stands among other faults
 * @param queues that packets of a direction are given to
 * @param groupId the number of the control group, where the selection names one
 * @param spared connections of TCP that no fault may hit; the neighbour discovery of IPv6 never is
 */
public record FaultRules(
    PacketFault fault,
    Position position,
    Map<Direction, Integer> queues,
    long groupId,
    List<Ends> spared) {

  /** The set whose elements, the families of IP, are there while the lease lives. */
  public static final String LEASE = "lease";

  private static final int DISCOVERY_FIRST = 133;
  private static final int DISCOVERY_LAST = 137;
  private static final int RESET_FLAG = 4;
  private static final int FLAGS_OFFSET = 13;
  private static final int UNREACHABLE = 3;
  private static final int UNREACHABLE_V6 = 1;

  /** The counter of a direction. */
  public static String counter(int slot, Direction direction) {
    return "f" + slot + (direction == Direction.IN ? "_in" : "_out");
  }

  /** All of them. */
  public RuleSet ruleSet() {
    List<Chain> chains = new ArrayList<>();
    List<String> counters = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      if (fault.selection().directions().contains(direction)) {
        counters.add(counter(position.slot(), direction));
        chains.addAll(chains(direction));
      } else {
        chains.add(base(direction, List.of()));
      }
    }
    return new RuleSet(chains, counters);
  }

  /** The last one first, as each leads to the next. */
  private List<Chain> chains(Direction direction) {
    String name = counter(position.slot(), direction);
    List<List<List<Expression>>> conditions = conditions(direction);
    List<Chain> chains = new ArrayList<>();
    String next = name + "_" + (conditions.size() + 1);
    chains.add(new Chain(next, Optional.empty(), action(direction, name)));
    for (int i = conditions.size(); i > 0; i--) {
      Go go = new Go(next);
      next = name + "_" + i;
      chains.add(
          new Chain(
              next,
              Optional.empty(),
              conditions.get(i - 1).stream()
                  .map(steps -> Conditions.join(steps, List.of(go)))
                  .toList()));
    }
    chains.add(base(direction, entry(direction, next)));
    return chains;
  }

  private Chain base(Direction direction, List<List<Expression>> rules) {
    Hook hook =
        new Hook(direction == Direction.IN ? Chain.Where.IN : Chain.Where.OUT, position.priority());
    return new Chain(counter(position.slot(), direction), Optional.of(hook), rules);
  }

  private List<List<Expression>> entry(Direction direction, String next) {
    List<List<Expression>> rules = new ArrayList<>();
    rules.add(
        List.of(
            new Meta(Meta.Key.MARK, 0),
            new NetworkOrder(0),
            new Between(
                0, Bytes.ofNumber(position.mark(direction)), Bytes.ofNumber(Position.LAST_MARK)),
            new Pass()));
    rules.add(
        steps(
            Conditions.carries(Conditions.ICMPV6),
            new Payload(Base.TRANSPORT, 0, 1, 0),
            new Between(0, Bytes.of((byte) DISCOVERY_FIRST), Bytes.of((byte) DISCOVERY_LAST)),
            new Pass()));
    for (Ends connection : spared) {
      for (List<Expression> one : new Conditions(direction).connection(connection)) {
        rules.add(steps(one, new Pass()));
      }
    }
    rules.add(List.of(new Meta(Meta.Key.NFPROTO, 0), new In(0, LEASE), new Go(next)));
    return rules;
  }

  /** Those that are not met by every packet. */
  private List<List<List<Expression>>> conditions(Direction direction) {
    Conditions of = new Conditions(direction);
    Selection selection = fault.selection();
    Ends ends = selection.ends();
    return List.of(
            of.protocol(selection.protocol(), ends.hasPorts()),
            of.localPorts(ends.local()),
            of.remotePorts(ends.remote()),
            of.peers(ends.peers()),
            selection.device().map(of::device).orElse(List.of()),
            selection.owner().map(owner -> of.owner(owner, groupId)).orElse(List.of()),
            new Flows(of, fault.share().flows(), fault.seed()).alternatives())
        .stream()
        .filter(condition -> !condition.isEmpty())
        .toList();
  }

  private List<List<Expression>> action(Direction direction, String counter) {
    Count count = new Count(counter);
    if (!(fault.effects().getFirst() instanceof Partition(Manner manner))) {
      return List.of(List.of(count, new Queue(queues.getOrDefault(direction, 0))));
    }
    return switch (manner) {
      // A drop on the way out would be an error of the sender's call; a queue that nobody reads is
      // a loss that it does not see.
      case DROP ->
          List.of(
              List.of(
                  count,
                  direction == Direction.IN
                      ? new Drop()
                      : new Queue(queues.getOrDefault(direction, 0))));
      case REJECT -> reject(count);
    };
  }

  /** Refusals themselves pass, or nobody would learn of them. */
  private static List<List<Expression>> reject(Count count) {
    return List.of(
        steps(
            Conditions.carries(Conditions.TCP),
            new Payload(Base.TRANSPORT, FLAGS_OFFSET, 1, 0),
            new Mask(0, Bytes.of((byte) RESET_FLAG)),
            Conditions.is(0, Bytes.of((byte) RESET_FLAG)),
            new Pass()),
        unreachable(Conditions.ICMP, UNREACHABLE),
        unreachable(Conditions.ICMPV6, UNREACHABLE_V6),
        steps(Conditions.carries(Conditions.TCP), count, new Reject(true)),
        List.of(count, new Reject(false)));
  }

  private static List<Expression> unreachable(int protocol, int type) {
    return steps(
        Conditions.carries(protocol),
        new Payload(Base.TRANSPORT, 0, 1, 0),
        Conditions.is(0, Bytes.of((byte) type)),
        new Pass());
  }

  private static List<Expression> steps(List<Expression> first, Expression... then) {
    return Conditions.join(first, List.of(then));
  }
}
