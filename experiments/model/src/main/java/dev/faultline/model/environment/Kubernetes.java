package dev.faultline.model.environment;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.cluster.AgentWay;
import dev.faultline.model.codec.InvalidValue;
import java.util.Optional;

/**
 * A namespace of a Kubernetes cluster.
 *
 * @param context which cluster of the kubeconfig; its current one when absent, or inside of a
 *     cluster that one
 * @param namespace where targets are; that of the context when absent
 * @param kubeconfig file that says how clusters are reached, in the folder of the environment's
 *     file or absolute; what {@code kubectl} takes when absent
 * @param limits how much may be disturbed at once
 * @param agent where the agents come from that disturb the packets and containers of pods, and the
 *     fuses of changes; without it neither can be disturbed, and changes are refused unless that is
 *     accepted
 */
public record Kubernetes(
    Optional<String> context,
    Optional<String> namespace,
    Optional<String> kubeconfig,
    Optional<Limits> limits,
    Optional<Agent> agent)
    implements Place {

  /** Refuses a name that no namespace has. */
  public Kubernetes {
    checkNamespace(namespace);
  }

  private static void checkNamespace(Optional<String> name) {
    if (name.isPresent() && !name.get().matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new InvalidValue("namespace", "'%s' cannot name a namespace".formatted(name.get()));
    }
  }

  /** What may be disturbed at once. */
  public Limits bounds() {
    return limits.orElseGet(() -> new Limits(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  /**
   * How agents come to the packets and containers of pods.
   *
   * @param image that of {@code deploy/agent-image}, as the nodes know it
   * @param namespace where the pods of agents are made; that of the targets when absent
   * @param way {@code pod}, or {@code ephemeralContainer}; the first one that the cluster lets be
   *     when absent
   */
  public record Agent(String image, Optional<String> namespace, Optional<AgentWay> way) {
    /** Refuses names that nothing has. */
    public Agent {
      if (!image.matches("[a-zA-Z0-9][a-zA-Z0-9._:/@-]{0,511}")) {
        throw new InvalidValue("image", "'%s' cannot name an image".formatted(image));
      }
      checkNamespace(namespace);
    }
  }

  /**
   * How much of a cluster a run may disturb.
   *
   * @param share which share of the pods of a workload, above 0% and at most 100%; 50% when absent
   * @param lastPod whether the last ready pod of a workload may be taken; {@code false} when absent
   * @param nodes how many nodes, at least 1; 1 when absent
   */
  public record Limits(
      Optional<Quantity> share, Optional<Boolean> lastPod, Optional<Integer> nodes) {

    private static final double HALF = 0.5;

    /** Refuses limits that allow nothing. */
    public Limits {
      if (share.isPresent()
          && (share.get().unit() != Unit.SHARE
              || share.get().value() <= 0
              || share.get().value() > 1)) {
        throw new InvalidValue("share", "'share' must be above 0% and at most 100%, such as 50%");
      }
      if (nodes.isPresent() && nodes.get() < 1) {
        throw new InvalidValue("nodes", "'nodes' must be at least 1");
      }
    }

    /** The share of the pods of a workload, from 0 to 1. */
    public double shareOfPods() {
      return share.map(Quantity::value).orElse(HALF);
    }

    /** Whether no pod of a workload need stay ready. */
    public boolean takesLastPod() {
      return lastPod.orElse(false);
    }

    /** How many nodes. */
    public int mostNodes() {
      return nodes.orElse(1);
    }
  }
}
