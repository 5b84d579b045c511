package dev.faultline.model.world;

import dev.faultline.model.codec.InvalidValue;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Links by who talks to whom.
 *
 * @param from who connects: a process, or {@code load}; everybody when absent. A database that is
 *     linked to itself is meant with its replication
 * @param to whom: a process or a database; everybody when absent
 */
public record LinkEnds(Optional<String> from, Optional<String> to) {

  /** The end that stands for the load of the run. */
  public static final String LOAD = "load";

  /** Requires an end, and names that can be names. */
  public LinkEnds {
    if (from.isEmpty() && to.isEmpty()) {
      throw new InvalidValue("a link has ends, such as {from: orders, to: inventory}");
    }
    from.ifPresent(name -> check("from", name));
    to.ifPresent(name -> check("to", name));
  }

  private static void check(String key, String name) {
    if (!name.matches("[a-z][a-z0-9-]{0,40}")) {
      throw new InvalidValue(
          key,
          "'%s' cannot be an end of a link: a process or database of the lab, or load"
              .formatted(name));
    }
  }

  /** The link between two. */
  public static LinkEnds between(String from, String to) {
    return new LinkEnds(Optional.of(from), Optional.of(to));
  }

  /** The same with another name in the place of one. */
  LinkEnds renamed(String one, String other) {
    return new LinkEnds(
        from.map(name -> name.equals(one) ? other : name),
        to.map(name -> name.equals(one) ? other : name));
  }

  /** The names given. */
  public Stream<String> names() {
    return Stream.concat(from.stream(), to.stream());
  }

  /**
   * Whether a link is meant. A replication is meant only by both of its ends: it is no way by which
   * a process is served.
   */
  public boolean matches(String oneFrom, String oneTo) {
    boolean replication = oneFrom.equals(oneTo);
    return from.map(oneFrom::equals).orElse(!replication)
        && to.map(oneTo::equals).orElse(!replication);
  }

  /** The ends in words, such as {@code orders->inventory}. */
  public String words() {
    return from.orElse("*") + "->" + to.orElse("*");
  }
}
