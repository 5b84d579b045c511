package dev.faultline.environment.kubernetes.load;

import dev.faultline.environment.kubernetes.agent.AgentTrouble;
import dev.faultline.environment.load.Orders;
import dev.faultline.environment.load.RunningLoad;
import dev.faultline.load.LoadOrder;
import dev.faultline.load.pod.LoadOrders;
import dev.faultline.model.environment.Load;
import dev.faultline.model.world.Sighting;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Starts the loads of a run in its cluster, and waits until all of their pods are ready. */
public final class ClusterLoads implements RunningLoad.Starter {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final int FIRST_LINES = 5;

  private final String run;
  private final String namespace;
  private final String image;
  private final LoadJobs jobs;
  private final Consumer<Sighting> sightings;

  /**
   * Those of one run.
   *
   * @param run its identity, as a label has it
   * @param namespace where its pods are made
   * @param image that of {@code deploy/agent-image}
   * @param sightings is told of pods that are lost
   */
  public ClusterLoads(
      KubernetesClient client,
      String run,
      String namespace,
      String image,
      Consumer<Sighting> sightings) {
    this.run = run;
    this.namespace = namespace;
    this.image = image;
    this.jobs = new LoadJobs(client, namespace, run);
    this.sightings = sightings;
  }

  @Override
  public RunningLoad start(Load load) {
    LoadOrder order = Orders.of(load, load.http());
    int count = load.pods().orElse(1);
    LoadPlan plan = new LoadPlan(run, namespace, image, count, Load.LEASE_OF_PODS);
    LoadOrders first = LoadOrders.first(order);
    try {
      jobs.make(LoadManifest.of(plan, first.text()));
      Ready ready = ready(count, first);
      return new ClusterLoad(load, jobs, ready.pods(), ready.orders(), sightings);
    } catch (AgentTrouble trouble) {
      throw failed(String.valueOf(trouble.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      throw failed("interrupted");
    }
  }

  /** What was made is taken away again. */
  private IllegalArgumentException failed(String why) {
    try {
      var _ = jobs.end(ENDS_WITHIN);
    } catch (AgentTrouble left) {
      return new IllegalArgumentException(why + "; and it is left: " + left.getMessage());
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
    return new IllegalArgumentException(why);
  }

  /**
   * Pods that wait for the start.
   *
   * @param pods by the part that they make
   * @param orders the newest that they have
   */
  private record Ready(Map<Integer, Pod> pods, LoadOrders orders) {}

  private Ready ready(int count, LoadOrders first) throws AgentTrouble, InterruptedException {
    LoadOrders orders = first;
    long began = System.nanoTime();
    long renewed = began;
    while (true) {
      List<Pod> pods = jobs.pods();
      Map<Integer, Pod> ready = new TreeMap<>();
      for (Pod pod : pods) {
        if (jobs.log(pod, FIRST_LINES).contains("ready")) {
          ready.put(part(pod), pod);
        }
      }
      if (ready.size() == count) {
        return new Ready(ready, orders);
      }
      // Those that are ready wait for the others.
      if (System.nanoTime() - renewed > Load.LEASE_OF_PODS.toNanos() / 4) {
        renewed = System.nanoTime();
        orders = orders.next();
        for (Pod pod : ready.values()) {
          jobs.write(pod, orders.text());
        }
      }
      if (System.nanoTime() - began > STARTS_WITHIN.toNanos()) {
        throw AgentTrouble.of(
            "%d of %d pods of the load are not ready within %d s%s"
                .formatted(count - ready.size(), count, STARTS_WITHIN.toSeconds(), waiting(pods)));
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private static int part(Pod pod) {
    return Integer.parseInt(
        pod.getMetadata().getAnnotations().getOrDefault(LoadManifest.INDEX, "0"));
  }

  /** What their nodes say of those that wait. */
  private static String waiting(List<Pod> pods) {
    String words =
        pods.stream()
            .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
            .map(ContainerStatus::getState)
            .map(ContainerState::getWaiting)
            .filter(Objects::nonNull)
            .map(state -> state.getReason())
            .distinct()
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "" : ": " + words;
  }
}
