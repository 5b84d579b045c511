package dev.faultline.engine.planning;

import dev.faultline.model.cluster.Permission;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes permissions as roles, in the YAML that a cluster takes.
 *
 * @param name what role, binding and account are called
 * @param namespace where they are
 */
public record Roles(String name, String namespace) {

  /** A role in the namespace, and one of the whole cluster where something is about that. */
  public String of(Collection<Permission> permissions) {
    return String.join("---\n", roles(permissions));
  }

  private List<String> roles(Collection<Permission> permissions) {
    String local = role("Role", "namespace: " + namespace, rules(permissions, false));
    String everywhere = role("ClusterRole", "", rules(permissions, true));
    return everywhere.isEmpty() ? List.of(local) : List.of(local, everywhere);
  }

  private String role(String kind, String place, Map<String, TreeSet<String>> rules) {
    if (rules.isEmpty()) {
      return "";
    }
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
      Collection<Permission> permissions, boolean everywhere) {
    Map<String, TreeSet<String>> rules = new TreeMap<>();
    for (Permission permission : permissions) {
      if (permission.everywhere() == everywhere) {
        rules
            .computeIfAbsent(
                "apiGroups: [\"%s\"], resources: [%s]"
                    .formatted(permission.group(), permission.resource()),
                _ -> new TreeSet<>())
            .add(permission.verb());
      }
    }
    return rules;
  }

  /** The roles with a service account that has them. */
  public String bound(Collection<Permission> permissions) {
    return bound(permissions, namespace, true);
  }

  /**
   * The roles, granted to an account of another namespace that is there already.
   *
   * @param account the namespace of the account
   */
  public String granted(Collection<Permission> permissions, String account) {
    return bound(permissions, account, false);
  }

  private String bound(Collection<Permission> permissions, String account, boolean made) {
    String place = "namespace: " + namespace;
    String whole = String.join("---\n", roles(permissions));
    boolean everywhere = permissions.stream().anyMatch(Permission::everywhere);
    return (made ? head("v1", "ServiceAccount", place) + "---\n" : "")
        + whole
        + "---\n"
        + binding("RoleBinding", "Role", place, account)
        + (everywhere ? "---\n" + binding("ClusterRoleBinding", "ClusterRole", "", account) : "");
  }

  private String binding(String kind, String role, String place, String account) {
    return head("rbac.authorization.k8s.io/v1", kind, place)
        + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: %s, name: %s}\n"
            .formatted(role, name)
        + "subjects:\n  - {kind: ServiceAccount, name: %s, namespace: %s}\n"
            .formatted(name, account);
  }
}
