package dev.faultline.node.packet.rules;

import java.util.List;
import java.util.Optional;

/**
 * Rules that a packet meets in turn; one that meets all without being acted on passes.
 *
 * @param hook where packets begin with it; empty when other chains lead to it
 */
public record Chain(String name, Optional<Hook> hook, List<List<Expression>> rules) {

  /** Copies. */
  public Chain {
    rules = rules.stream().map(List::copyOf).toList();
  }

  /**
   * A place on the way of packets through the kernel.
   *
   * @param where on which part of the way
   * @param priority lower ones come first
   */
  public record Hook(Where where, int priority) {}

  /** The parts of that way. */
  public enum Where {
    /** To a process of the network namespace. */
    IN,
    /** Through it, to somebody behind it. */
    THROUGH,
    /** From a process of it. */
    OUT
  }
}
