package dev.faultline.model.cluster;

import java.util.Optional;

/** What an agent is made for. Each has the rights on its node that this takes, and no others. */
public enum AgentWork {
  /** It disturbs the packets of a pod. */
  PACKETS("Packets of pods are disturbed", "hostPID, SYS_PTRACE, SYS_ADMIN, NET_ADMIN, NET_RAW"),
  /** It keeps the probes of its node from a pod. */
  PROBES("Probes are kept from pods", "hostPID, SYS_PTRACE, SYS_ADMIN, NET_ADMIN, NET_RAW"),
  /** It keeps the processes of a container still. */
  FREEZE("Containers are frozen", "hostPID, SYS_PTRACE"),
  /** It takes something of what a container has. */
  STRAIN("Containers are stressed", "hostPID, SYS_PTRACE, SYS_ADMIN"),
  /** It sends a signal to the first process of a container. */
  SIGNAL("Containers are ended", "hostPID, KILL");

  private final String words;
  private final String rights;

  AgentWork(String words, String rights) {
    this.words = words;
    this.rights = rights;
  }

  /** What is done, as the beginning of a sentence. */
  public String words() {
    return words;
  }

  /** What an agent in a pod of its own may do on its node. */
  public String rights() {
    return rights;
  }

  /** Whether it is about the network of the pod. */
  public boolean isOfNetwork() {
    return this == PACKETS || this == PROBES;
  }

  /** Why it cannot be done that way, wherever that is; empty where it can. */
  public Optional<String> hindrance(AgentWay way) {
    return switch (this) {
      case PACKETS -> Optional.empty();
      case PROBES -> inside(way, "the addresses of its node are not seen from there");
      case FREEZE, STRAIN, SIGNAL ->
          inside(way, "the processes of other containers are not seen from there");
    };
  }

  private static Optional<String> inside(AgentWay way, String why) {
    return way == AgentWay.EPHEMERAL_CONTAINER ? Optional.of(why) : Optional.empty();
  }
}
