package dev.faultline.model.world;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.codec.InvalidValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Pods of a cluster that are the other side of traffic, all that there are in the namespace.
 *
 * @param kind by what they are chosen
 * @param name what that is called; of {@link Kind#LABELS} a selector
 */
public record PodPeers(Kind kind, String name) {

  /** What chooses pods; each has the word of the target that means the same. */
  public enum Kind {
    /** A pod by its name. */
    POD("pod"),
    /** The pods of a deployment. */
    DEPLOYMENT("deployment"),
    /** The pods of a stateful set. */
    STATEFUL_SET("statefulSet"),
    /** The pods of a daemon set. */
    DAEMON_SET("daemonSet"),
    /** The pods that a service selects, and the addresses of that service. */
    SERVICE("service"),
    /** Pods by their labels. */
    LABELS("labels"),
    /** The pods on a node. */
    NODE("node"),
    /** The pods on the nodes of a zone. */
    ZONE("zone");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /**
   * Reads {@code zone/NAME} and the like; empty where something else is meant.
   *
   * @throws InvalidValue when it can only be meant so, and cannot be
   */
  public static Optional<PodPeers> of(String peer) {
    int slash = peer.indexOf('/');
    Optional<Kind> kind =
        Arrays.stream(Kind.values())
            .filter(one -> slash > 0 && one.word.equals(peer.substring(0, slash)))
            .findFirst();
    return kind.map(one -> new PodPeers(one, checked(one, peer.substring(slash + 1))));
  }

  private static String checked(Kind kind, String name) {
    return kind == Kind.LABELS
        ? Selector.Labels.of(name).selector()
        : Selector.Named.checked(List.of(name), kind.word, "").getFirst();
  }

  /** What it takes to look them up. */
  public List<Permission> permissions() {
    Permission pods = Permission.of(ObjectKind.POD, "list");
    return switch (kind) {
      case POD -> List.of(Permission.of(ObjectKind.POD, "get"));
      case LABELS, NODE -> List.of(pods);
      case DEPLOYMENT -> List.of(pods, Permission.of(ObjectKind.DEPLOYMENT, "get"));
      case STATEFUL_SET -> List.of(pods, Permission.of(ObjectKind.STATEFUL_SET, "get"));
      case DAEMON_SET -> List.of(pods, Permission.of(ObjectKind.DAEMON_SET, "get"));
      case SERVICE -> List.of(pods, Permission.of(ObjectKind.SERVICE, "get"));
      case ZONE -> List.of(pods, Permission.of(ObjectKind.NODE, "list"));
    };
  }

  @Override
  public String toString() {
    return kind.word + "/" + name;
  }
}
