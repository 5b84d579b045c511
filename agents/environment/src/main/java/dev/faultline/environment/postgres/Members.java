package dev.faultline.environment.postgres;

import java.util.List;
import java.util.Optional;

/** The nodes of a database, and which of them is its primary. Thread-safe. */
final class Members {

  private final List<Member> all;
  private volatile Member primary;
  private volatile Optional<Member> lost = Optional.empty();

  /** The first is the primary. */
  Members(List<Member> all) {
    this.all = List.copyOf(all);
    this.primary = this.all.getFirst();
  }

  List<Member> all() {
    return all;
  }

  /** The one that takes writes, or took them last. */
  Member primary() {
    return primary;
  }

  /** The one beside the primary. */
  Optional<Member> other() {
    return all.stream().filter(member -> !member.name().equals(primary.name())).findFirst();
  }

  Optional<Member> named(String name) {
    return all.stream().filter(member -> member.name().equals(name)).findFirst();
  }

  /** The one that the run took the primary's role from last. */
  Optional<Member> lost() {
    return lost;
  }

  void lose(Member member) {
    lost = Optional.of(member);
  }

  void succeed(Member next) {
    primary = next;
  }
}
