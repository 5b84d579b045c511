package dev.faultline.environment.kubernetes.agent;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the agents of a run are started.
 *
 * @param run the identity of the run: letters, digits, dots, dashes and underscores, at most 63,
 *     with a letter or digit at both ends
 * @param namespace where their pods are made; it must allow what they need
 * @param image that of {@code deploy/agent-image}
 * @param lease how long faults outlive the last renewal: 2 s to 10 minutes
 * @param longest after how long the kubelet ends an agent whatever it does; longer than the lease
 */
public record AgentPlan(
    String run, String namespace, String image, Duration lease, Duration longest) {

  /** Who has made an object. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The value of {@link #MANAGED_BY}, for all that is ours. */
  public static final String FAULTLINE = "faultline";

  /** Of which run an object is. */
  public static final String RUN = "faultline.dev/run";

  /** What an object of ours is for. */
  public static final String COMPONENT = "app.kubernetes.io/component";

  /** The value of {@link #COMPONENT}, for the pods of agents. */
  public static final String AGENT = "packet-agent";

  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /**
   * @throws IllegalArgumentException when a part is out of its range
   */
  public AgentPlan {
    if (!run.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")) {
      throw new IllegalArgumentException("not the identity of a run: '" + run + "'");
    }
    if (lease.compareTo(SHORTEST) < 0 || lease.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a lease must be 2 s to 10 minutes: " + lease);
    }
    if (longest.compareTo(lease) <= 0) {
      throw new IllegalArgumentException("an agent must be allowed to live longer than its lease");
    }
  }

  /** The command of another program of the image than its first one. */
  public static List<String> command(Class<?> main) {
    return AgentManifest.program(main);
  }

  /** The labels of all its pods. */
  Map<String, String> labels() {
    return Map.of(MANAGED_BY, FAULTLINE, COMPONENT, AGENT, RUN, run);
  }
}
