package dev.faultline.environment.kubernetes.agent;

import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pods in which agents run: made for one target each, found by their labels, and ended.
 *
 * <p>It takes the verbs create, get, list, patch and delete on {@code pods}, and get on {@code
 * pods/log}; no {@code pods/exec}, no {@code pods/attach}, no account for the agents. Thread-safe;
 * each question to the API server takes as long as the client lets it.
 */
public final class AgentPods {

  private static final int NEWEST_LINES = 10;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final KubernetesClient client;

  public AgentPods(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Why the API server would not let an agent be made, such as the level of Pod Security that its
   * namespace has, or a right that the user lacks; it is asked, and nothing is made.
   */
  public Optional<String> refusal(AgentPlan plan, PodTarget target) {
    return refusal(AgentManifest.of(plan, target));
  }

  /** The same for an agent that does something to a container. */
  public Optional<String> refusal(AgentPlan plan, PodTarget target, AgentWork work) {
    return refusal(
        work.isOfNetwork()
            ? AgentManifest.of(plan, target)
            : AgentManifest.of(plan, target, work, "asked"));
  }

  private Optional<String> refusal(Pod pod) {
    try {
      client.resource(pod).dryRun(true).create();
      return Optional.empty();
    } catch (KubernetesClientException refused) {
      return Optional.ofNullable(AgentTrouble.of(refused).getMessage());
    }
  }

  /**
   * Makes an agent and waits until it is ready; nothing is in force yet.
   *
   * @param within how long that may take
   * @throws AgentTrouble when it cannot be made, or is not ready in time; then it is deleted
   */
  public PodDisturber start(AgentPlan plan, PodTarget target, Duration within)
      throws AgentTrouble, InterruptedException {
    Started started = start(AgentManifest.of(plan, target), within);
    return new RunningAgent(started.pod(), PATIENCE, started.said().node());
  }

  /**
   * Makes an agent for a container and waits until it is ready; nothing is done yet.
   *
   * @param target of which the container counts
   * @param fault names what it is for, as a label can
   * @param within how long that may take
   * @throws AgentTrouble when it cannot be made, or is not ready in time; then it is deleted
   */
  public ContainerHolder start(
      AgentPlan plan, PodTarget target, AgentWork work, String fault, Duration within)
      throws AgentTrouble, InterruptedException {
    return new ContainerHolder(
        start(AgentManifest.of(plan, target, work, fault), within).pod(), PATIENCE);
  }

  /**
   * An agent that is ready.
   *
   * @param said what it has said by then
   */
  private record Started(AgentPod pod, AgentLog said) {}

  private Started start(Pod manifest, Duration within) throws AgentTrouble, InterruptedException {
    Pod made;
    try {
      made = client.resource(manifest).create();
    } catch (KubernetesClientException refused) {
      throw AgentTrouble.of(refused);
    }
    AgentPod pod = new AgentPod(client, made.getMetadata().getNamespace(), made.getMetadata());
    try {
      return new Started(pod, awaitReady(pod, within));
    } catch (AgentTrouble | InterruptedException trouble) {
      deleteAfter(trouble, pod);
      throw trouble;
    }
  }

  /** Why the API server would not let a node be cut off; it is asked, and nothing is made. */
  public Optional<String> refusal(AgentPlan plan, ObjectRef node, Duration lasts) {
    try {
      client.resource(AgentManifest.cutting(plan, node, lasts)).dryRun(true).create();
      return Optional.empty();
    } catch (KubernetesClientException refused) {
      return Optional.ofNullable(AgentTrouble.of(refused).getMessage());
    }
  }

  /**
   * Has a node cut off for a fixed time, which begins some seconds after this returns.
   *
   * @param within how long it may take until its kubelet has started the agent
   * @throws AgentTrouble when it cannot be made, or does not run in time; then it is deleted
   */
  public void cut(AgentPlan plan, ObjectRef node, Duration lasts, Duration within)
      throws AgentTrouble, InterruptedException {
    Pod made;
    try {
      made = client.resource(AgentManifest.cutting(plan, node, lasts)).create();
    } catch (KubernetesClientException refused) {
      throw AgentTrouble.of(refused);
    }
    AgentPod pod = new AgentPod(client, plan.namespace(), made.getMetadata());
    try {
      awaitRunning(pod, within);
    } catch (AgentTrouble | InterruptedException trouble) {
      deleteAfter(trouble, pod);
      throw trouble;
    }
  }

  /** Its log would be asked of a kubelet that may be cut off by now. */
  private static void awaitRunning(AgentPod pod, Duration within)
      throws AgentTrouble, InterruptedException {
    long began = System.nanoTime();
    while (true) {
      PodLook look = pod.look();
      if (look.isRunning()) {
        return;
      }
      Optional<String> hopeless = look.hopeless();
      if (hopeless.isPresent()) {
        throw AgentTrouble.over(
            "the agent %s cannot start: %s".formatted(pod.words(), hopeless.get()));
      }
      if (System.nanoTime() - began > within.toNanos()) {
        throw AgentTrouble.of(
            "the agent %s does not run within %d s".formatted(pod.words(), within.toSeconds()));
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /** The names of the agents of a run for one target. */
  public List<String> find(String namespace, String run, String target) throws AgentTrouble {
    return pods(namespace, ofOne(run, target)).stream()
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  /** One that is left is harmless: nothing is in force, and its lease is not renewed. */
  private static void deleteAfter(Exception trouble, AgentPod pod) {
    try {
      pod.delete();
    } catch (AgentTrouble left) {
      trouble.addSuppressed(left);
    }
  }

  private static AgentLog awaitReady(AgentPod pod, Duration within)
      throws AgentTrouble, InterruptedException {
    long began = System.nanoTime();
    while (true) {
      AgentLog log = pod.log(NEWEST_LINES);
      if (log.isReady()) {
        return log;
      }
      Optional<String> hopeless = pod.look().hopeless();
      if (hopeless.isPresent()) {
        // It may have said why only after the look at its log.
        String said = pod.log(NEWEST_LINES).lastWords();
        throw AgentTrouble.over(
            "the agent %s cannot start: %s"
                .formatted(pod.words(), said.isEmpty() ? hopeless.get() : said));
      }
      if (System.nanoTime() - began > within.toNanos()) {
        throw AgentTrouble.of(
            "the agent %s is not ready within %d s".formatted(pod.words(), within.toSeconds()));
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /**
   * The pods of agents in a namespace, whoever made them.
   *
   * @param run of which run; of all when empty
   * @throws AgentTrouble when the API server does not say
   */
  public List<String> find(String namespace, Optional<String> run) throws AgentTrouble {
    return pods(namespace, labels(run)).stream().map(pod -> pod.getMetadata().getName()).toList();
  }

  /**
   * Ends agents by their labels alone, and waits until each is gone: then nothing of them is in
   * force.
   *
   * @param run of which run; of all when empty
   * @param within how long that may take
   * @return the names of those that are still there
   * @throws AgentTrouble when the API server does not say
   */
  public List<String> end(String namespace, Optional<String> run, Duration within)
      throws AgentTrouble, InterruptedException {
    return end(namespace, pods(namespace, labels(run)), within);
  }

  /**
   * Ends the agents of a run beside one pod that are for the same, likewise.
   *
   * @param target the uid of that pod
   * @param fault of which fault; those for packets when empty
   */
  public List<String> end(
      String namespace, String run, String target, Optional<String> fault, Duration within)
      throws AgentTrouble, InterruptedException {
    return end(namespace, beside(namespace, run, target, fault), within);
  }

  /** Which other run has an agent beside a pod, by its label; one that has ended does not count. */
  public Optional<String> otherRun(String namespace, String run, String target)
      throws AgentTrouble {
    return pods(namespace, Map.of(AgentManifest.TARGET, target)).stream()
        .filter(pod -> !List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
        .map(pod -> pod.getMetadata().getLabels().getOrDefault(AgentPlan.RUN, ""))
        .filter(other -> !other.equals(run))
        .findFirst();
  }

  /**
   * Whether a run has agents beside a pod, which may have ended.
   *
   * @param fault of which fault; those for packets when empty
   */
  public boolean isBeside(String namespace, String run, String target, Optional<String> fault)
      throws AgentTrouble {
    return !beside(namespace, run, target, fault).isEmpty();
  }

  private List<Pod> beside(String namespace, String run, String target, Optional<String> fault)
      throws AgentTrouble {
    return pods(namespace, ofOne(run, target)).stream()
        .filter(
            pod ->
                Optional.ofNullable(pod.getMetadata().getLabels().get(AgentManifest.FAULT))
                    .equals(fault))
        .toList();
  }

  private static Map<String, String> ofOne(String run, String target) {
    return Map.of(AgentPlan.RUN, run, AgentManifest.TARGET, target);
  }

  private static Map<String, String> labels(Optional<String> run) {
    return run.map(id -> Map.of(AgentPlan.RUN, id)).orElse(Map.of());
  }

  private List<String> end(String namespace, List<Pod> found, Duration within)
      throws AgentTrouble, InterruptedException {
    List<AgentPod> pods =
        found.stream().map(pod -> new AgentPod(client, namespace, pod.getMetadata())).toList();
    for (AgentPod pod : pods) {
      pod.delete();
    }
    long began = System.nanoTime();
    List<String> left = new ArrayList<>();
    for (AgentPod pod : pods) {
      Duration rest = within.minusNanos(System.nanoTime() - began);
      if (!pod.awaitGone(rest)) {
        left.add(pod.name());
      }
    }
    return left;
  }

  private List<Pod> pods(String namespace, Map<String, String> labels) throws AgentTrouble {
    try {
      return client
          .pods()
          .inNamespace(namespace)
          .withLabel(AgentPlan.MANAGED_BY, AgentPlan.FAULTLINE)
          .withLabel(AgentPlan.COMPONENT, AgentPlan.AGENT)
          .withLabels(labels)
          .list()
          .getItems();
    } catch (KubernetesClientException failure) {
      throw AgentTrouble.of(failure);
    }
  }
}
