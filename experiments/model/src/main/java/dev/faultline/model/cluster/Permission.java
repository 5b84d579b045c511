package dev.faultline.model.cluster;

import java.util.Comparator;

/**
 * One thing that a user of a cluster may do.
 *
 * @param group the group of the API; empty for the core
 * @param resource such as {@code pods}, or {@code pods/eviction}
 * @param verb such as {@code delete}
 * @param everywhere whether it is about the whole cluster rather than one namespace
 */
public record Permission(String group, String resource, String verb, boolean everywhere)
    implements Comparable<Permission> {

  private static final Comparator<Permission> ORDER =
      Comparator.comparing(Permission::everywhere)
          .thenComparing(Permission::group)
          .thenComparing(Permission::resource)
          .thenComparing(Permission::verb);

  /** About objects of a kind. */
  public static Permission of(ObjectKind kind, String verb) {
    return new Permission(kind.group(), kind.resource(), verb, !kind.namespaced());
  }

  @Override
  public int compareTo(Permission other) {
    return ORDER.compare(this, other);
  }

  /** In words, such as {@code delete pods}. */
  public String words() {
    return "%s %s".formatted(verb, group.isEmpty() ? resource : resource + "." + group);
  }
}
