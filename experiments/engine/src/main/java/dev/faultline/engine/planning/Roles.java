package dev.faultline.engine.planning;

import dev.faultline.model.cluster.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Writes permissions as roles, in the YAML that a cluster takes.
 *
 * @param name what roles, bindings and account are called
 * @param namespace that of the environment, where the account is
 */
public record Roles(String name, String namespace) {

  /**
   * A role in the namespace, one in each other that something is about, and one of the whole
   * cluster where something is about that.
   */
  public String of(Collection<Permission> permissions) {
    return String.join("---\n", roles(permissions));
  }

  /** The roles with a service account that has them. */
  public String bound(Collection<Permission> permissions) {
    List<String> all = new ArrayList<>();
    all.add(head("v1", "ServiceAccount", in(namespace)));
    all.addAll(roles(permissions));
    places(permissions).forEach(place -> all.add(binding("RoleBinding", "Role", in(place))));
    if (permissions.stream().anyMatch(Permission::everywhere)) {
      all.add(binding("ClusterRoleBinding", "ClusterRole", ""));
    }
    return String.join("---\n", all);
  }

  private List<String> roles(Collection<Permission> permissions) {
    List<String> roles = new ArrayList<>();
    for (String place : places(permissions)) {
      roles.add(
          role(
              "Role",
              in(place),
              rules(permissions, one -> !one.everywhere() && place(one).equals(place))));
    }
    if (permissions.stream().anyMatch(Permission::everywhere)) {
      roles.add(role("ClusterRole", "", rules(permissions, Permission::everywhere)));
    }
    return roles;
  }

  /** The namespaces that something is about, the own one first. */
  private List<String> places(Collection<Permission> permissions) {
    List<String> places =
        new ArrayList<>(
            permissions.stream()
                .filter(one -> !one.everywhere())
                .map(this::place)
                .distinct()
                .sorted()
                .toList());
    if (places.remove(namespace)) {
      places.addFirst(namespace);
    }
    return places;
  }

  private String place(Permission permission) {
    return permission.namespace().orElse(namespace);
  }

  private static String in(String place) {
    return "namespace: " + place;
  }

  private String role(String kind, String place, Map<String, TreeSet<String>> rules) {
    StringBuilder yaml = new StringBuilder(head("rbac.authorization.k8s.io/v1", kind, place));
    yaml.append("rules:\n");
    rules.forEach(
        (what, verbs) ->
            yaml.append("  - {%s, verbs: [%s]}\n".formatted(what, String.join(", ", verbs))));
    return yaml.toString();
  }

  private String head(String version, String kind, String place) {
    String in = place.isEmpty() ? "" : ", " + place;
    return "apiVersion: %s\nkind: %s\nmetadata: {name: %s%s}\n".formatted(version, kind, name, in);
  }

  private static Map<String, TreeSet<String>> rules(
      Collection<Permission> permissions, Predicate<Permission> meant) {
    Map<String, TreeSet<String>> rules = new TreeMap<>();
    for (Permission permission : permissions) {
      if (meant.test(permission)) {
        rules
            .computeIfAbsent(
                "apiGroups: [\"%s\"], resources: [%s]%s"
                    .formatted(
                        permission.group(),
                        permission.resource(),
                        permission.name().map(", resourceNames: [\"%s\"]"::formatted).orElse("")),
                _ -> new TreeSet<>())
            .add(permission.verb());
      }
    }
    return rules;
  }

  private String binding(String kind, String role, String place) {
    return head("rbac.authorization.k8s.io/v1", kind, place)
        + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: %s, name: %s}\n"
            .formatted(role, name)
        + "subjects:\n  - {kind: ServiceAccount, name: %s, namespace: %s}\n"
            .formatted(name, namespace);
  }
}
