package dev.faultline.node.packet.rules;

import java.util.List;

/**
 * All rules of a fault.
 *
 * @param chains those that others lead to before those that lead there
 * @param counters that the rules count with
 */
public record RuleSet(List<Chain> chains, List<String> counters) {

  /** Copies. */
  public RuleSet {
    chains = List.copyOf(chains);
    counters = List.copyOf(counters);
  }
}
