package dev.faultline.environment.patroni;

import java.util.List;
import java.util.Optional;

/** The nodes of a cluster, and what this run did to them. Thread-safe. */
final class Roster {

  private final List<PatroniMember> all;
  private volatile Optional<PatroniMember> lost = Optional.empty();
  private volatile boolean orderly;

  Roster(List<PatroniMember> all) {
    this.all = List.copyOf(all);
  }

  List<PatroniMember> all() {
    return all;
  }

  Optional<PatroniMember> named(String name) {
    return all.stream().filter(member -> member.name().equals(name)).findFirst();
  }

  /** The one that the run took the primary's role from last. */
  Optional<PatroniMember> lost() {
    return lost;
  }

  /**
   * Notes from whom the role is being taken.
   *
   * @param inOrder whether the cluster was asked to, so that there is nothing to detect
   */
  void lose(PatroniMember member, boolean inOrder) {
    lost = Optional.of(member);
    orderly = inOrder;
  }

  /** Whether the role was taken last by asking for it. */
  boolean isOrderly() {
    return orderly;
  }
}
