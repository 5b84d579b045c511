package dev.faultline.node.packet.rules;

import dev.faultline.node.packet.rules.Expression.Between;
import dev.faultline.node.packet.rules.Expression.Hash;
import dev.faultline.node.packet.rules.Expression.Is;
import dev.faultline.node.packet.rules.Expression.Is.Relation;
import dev.faultline.node.packet.rules.Expression.Meta;
import dev.faultline.node.packet.rules.Expression.NetworkOrder;
import dev.faultline.node.packet.rules.Expression.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * A share of the flows, by a seeded hash of local address, other address, local port, other port:
 * in this order whichever way the packet goes, so that both ways of a flow share their luck.
 * Without connection tracking, which would change the host. What has no ports is told apart by its
 * addresses alone.
 */
final class Flows {

  private static final int MODULUS = 1 << 30;

  private final Conditions conditions;
  private final int below;
  private final int seed;

  Flows(Conditions conditions, double share, long seed) {
    this.conditions = conditions;
    this.below = (int) Math.round(share * MODULUS);
    this.seed = Long.hashCode(seed);
  }

  /** Empty when all flows are in it. */
  List<List<Expression>> alternatives() {
    if (below == MODULUS) {
      return List.of();
    }
    List<List<Expression>> all = new ArrayList<>();
    for (boolean four : List.of(true, false)) {
      for (int protocol : List.of(Conditions.TCP, Conditions.UDP)) {
        all.add(Conditions.join(Conditions.carries(protocol), chosen(four, true)));
      }
      all.add(Conditions.join(without(), chosen(four, false)));
    }
    return all;
  }

  private static List<Expression> without() {
    return List.of(
        new Meta(Meta.Key.L4PROTO, 0),
        new Is(0, Relation.OTHER, Bytes.of((byte) Conditions.TCP)),
        new Is(0, Relation.OTHER, Bytes.of((byte) Conditions.UDP)));
  }

  private List<Expression> chosen(boolean four, boolean ports) {
    List<Expression> steps = new ArrayList<>(Conditions.family(four));
    Payload local = conditions.address(four, true, 0);
    int registers = local.length() / Integer.BYTES;
    steps.add(local);
    steps.add(conditions.address(four, false, registers));
    int used = 2 * registers;
    if (ports) {
      steps.add(conditions.port(true, used));
      steps.add(conditions.port(false, used + 1));
      used += 2;
    }
    steps.add(new Hash(0, used * Integer.BYTES, MODULUS, seed, 0));
    steps.add(new NetworkOrder(0));
    steps.add(
        below == 0
            ? Conditions.is(0, Bytes.of((byte) -1, (byte) -1, (byte) -1, (byte) -1))
            : new Between(0, Bytes.ofNumber(0), Bytes.ofNumber(below - 1)));
    return steps;
  }
}
