package dev.faultline.model.cluster;

import java.util.List;

/** How an agent comes to a pod. */
public enum AgentWay {
  /** From a pod of its own on the same node, which sees the processes of the node. */
  POD("from a pod beside it"),
  /** As an ephemeral container of the pod itself, which stays in its spec. */
  EPHEMERAL_CONTAINER("from an ephemeral container in it");

  private final String words;

  AgentWay(String words) {
    this.words = words;
  }

  /** Where the agent is, as seen from the pod. */
  public String words() {
    return words;
  }

  /** What the user must be allowed in the namespace where the agent is. */
  public List<Permission> permissions() {
    return switch (this) {
      case POD ->
          List.of(
              pods("create"),
              pods("delete"),
              pods("get"),
              pods("list"),
              pods("patch"),
              new Permission("", "pods/log", "get", false));
      case EPHEMERAL_CONTAINER ->
          List.of(
              pods("get"),
              new Permission("", "pods/attach", "create", false),
              new Permission("", "pods/attach", "get", false),
              new Permission("", "pods/ephemeralcontainers", "patch", false));
    };
  }

  private static Permission pods(String verb) {
    return Permission.of(ObjectKind.POD, verb);
  }
}
