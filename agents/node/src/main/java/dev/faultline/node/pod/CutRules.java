package dev.faultline.node.pod;

import dev.faultline.node.packet.rules.Bytes;
import dev.faultline.node.packet.rules.Chain;
import dev.faultline.node.packet.rules.Chain.Hook;
import dev.faultline.node.packet.rules.Chain.Where;
import dev.faultline.node.packet.rules.Expression;
import dev.faultline.node.packet.rules.FaultRules;
import dev.faultline.node.packet.rules.RuleSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rules by which nothing gets into, through or out of a network while their lease lives. */
final class CutRules {

  private static final int DEVICE_BYTES = 16;
  private static final int EARLY = -400;
  private static final Bytes LOOPBACK = loopback();

  private CutRules() {}

  /** All but what stays on the loopback interface; what goes through is never there. */
  static RuleSet ruleSet() {
    return new RuleSet(
        List.of(
            chain(Where.IN, Optional.of(Expression.Meta.Key.IIFNAME)),
            chain(Where.THROUGH, Optional.empty()),
            chain(Where.OUT, Optional.of(Expression.Meta.Key.OIFNAME))),
        List.of());
  }

  private static Chain chain(Where where, Optional<Expression.Meta.Key> device) {
    List<Expression> rule = new ArrayList<>();
    device.ifPresent(
        key -> {
          rule.add(new Expression.Meta(key, 0));
          rule.add(new Expression.Is(0, Expression.Is.Relation.OTHER, LOOPBACK));
        });
    rule.add(new Expression.Meta(Expression.Meta.Key.NFPROTO, 0));
    rule.add(new Expression.In(0, FaultRules.LEASE));
    rule.add(new Expression.Drop());
    return new Chain(
        where.name().toLowerCase(Locale.ROOT), Optional.of(new Hook(where, EARLY)), List.of(rule));
  }

  private static Bytes loopback() {
    return Bytes.of(Arrays.copyOf("lo".getBytes(StandardCharsets.US_ASCII), DEVICE_BYTES));
  }
}
