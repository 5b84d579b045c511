package dev.faultline.model.cluster;

import java.util.Comparator;
import java.util.Optional;

/**
 * One thing that a user of a cluster may do.
 *
 * @param group the group of the API; empty for the core
 * @param resource such as {@code pods}, or {@code pods/eviction}
 * @param verb such as {@code delete}
 * @param everywhere whether it is about the whole cluster rather than one namespace
 * @param namespace which one, where that is not the namespace of the environment
 * @param name the one object that it is about, as the API server calls it; all when absent
 */
public record Permission(
    String group,
    String resource,
    String verb,
    boolean everywhere,
    Optional<String> namespace,
    Optional<String> name)
    implements Comparable<Permission> {

  private static final Comparator<Permission> ORDER =
      Comparator.comparing(Permission::everywhere)
          .thenComparing(Permission::group)
          .thenComparing(Permission::resource)
          .thenComparing(Permission::verb)
          .thenComparing(permission -> permission.namespace().orElse(""))
          .thenComparing(permission -> permission.name().orElse(""));

  /** In the namespace of the environment, or in the whole cluster, about all objects. */
  public Permission(String group, String resource, String verb, boolean everywhere) {
    this(group, resource, verb, everywhere, Optional.empty(), Optional.empty());
  }

  /** About objects of a kind. */
  public static Permission of(ObjectKind kind, String verb) {
    return new Permission(kind.group(), kind.resource(), verb, !kind.namespaced());
  }

  @Override
  public int compareTo(Permission other) {
    return ORDER.compare(this, other);
  }

  /** The same in another namespace. */
  public Permission in(String other) {
    return new Permission(group, resource, verb, false, Optional.of(other), name);
  }

  /** The same for one object alone. */
  public Permission only(String object) {
    return new Permission(group, resource, verb, everywhere, namespace, Optional.of(object));
  }

  /** The same where the environment has the namespace that this one names. */
  public Permission here() {
    return new Permission(group, resource, verb, everywhere, Optional.empty(), name);
  }

  /** In words, such as {@code delete pods}, without the namespace. */
  public String words() {
    String what = group.isEmpty() ? resource : resource + "." + group;
    return "%s %s%s".formatted(verb, what, name.map(one -> " " + one).orElse(""));
  }
}
