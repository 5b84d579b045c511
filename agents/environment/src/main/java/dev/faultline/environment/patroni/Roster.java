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

  /** Notes from whom the role is being taken. */
  void lose(PatroniMember member) {
    lost = Optional.of(member);
  }

  /** Notes whether the cluster is being asked to let another lead. */
  void setOrderly(boolean asked) {
    orderly = asked;
  }

  /** Whether the cluster is just asked to let another lead, so that nobody needs to notice. */
  boolean isOrderly() {
    return orderly;
  }
}
