package dev.faultline.environment.kubernetes.load;

import dev.faultline.environment.kubernetes.agent.AgentTrouble;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Jobs of the loads of a run, and their pods, found by their labels. It takes create, list and
 * delete on {@code jobs}, list and patch on {@code pods}, and get on {@code pods/log}. Thread-safe;
 * each question takes as long as the client lets it.
 */
public final class LoadJobs {

  /** The value of the label of what an object is for, of Jobs of a load and their pods. */
  public static final String COMPONENT = "load";

  private static final String ORDERS =
      "/metadata/annotations/" + LoadManifest.ORDERS.replace("/", "~1");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final KubernetesClient client;
  private final String namespace;
  private final Map<String, String> labels;

  /**
   * Those of one run.
   *
   * @param run its identity, as a label has it
   */
  public LoadJobs(KubernetesClient client, String namespace, String run) {
    this.client = client;
    this.namespace = namespace;
    this.labels = new LoadPlan(run, namespace, "", 1, Duration.ZERO).labels();
  }

  /** Makes one. */
  void make(Job job) throws AgentTrouble {
    try {
      var _ = client.resource(job).create();
    } catch (KubernetesClientException refused) {
      throw AgentTrouble.of(refused);
    }
  }

  List<Pod> pods() throws AgentTrouble {
    try {
      return client.pods().inNamespace(namespace).withLabels(labels).list().getItems();
    } catch (KubernetesClientException failure) {
      throw AgentTrouble.of(failure);
    }
  }

  /** Writes the orders of a pod, whatever stands there: they say all that is wanted. */
  void write(Pod pod, String orders) throws AgentTrouble {
    List<Map<String, String>> patch =
        List.of(
            Map.of("op", "test", "path", "/metadata/uid", "value", pod.getMetadata().getUid()),
            Map.of("op", "add", "path", ORDERS, "value", orders));
    try {
      // By its name alone, the client would ask for the pod first, which takes another right.
      var _ =
          client.resource(pod).patch(PatchContext.of(PatchType.JSON), Serialization.asJson(patch));
    } catch (KubernetesClientException failure) {
      // One that is gone is told of by those who look for it.
      if (failure.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw AgentTrouble.of(failure);
      }
    }
  }

  /** The newest whole lines of what a pod said; none where it has not begun, or is gone. */
  List<String> log(Pod pod, int newest) throws AgentTrouble {
    try {
      String text =
          client
              .pods()
              .inNamespace(namespace)
              .withName(pod.getMetadata().getName())
              .inContainer(LoadManifest.CONTAINER)
              .tailingLines(newest)
              .getLog();
      // What comes behind the last end of line may go on.
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (KubernetesClientException failure) {
      return switch (failure.getCode()) {
        case HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_NOT_FOUND -> List.of();
        default -> throw AgentTrouble.of(failure);
      };
    }
  }

  /** What of them is there, in words: Jobs, and pods whose Job is gone. */
  public List<String> left() throws AgentTrouble {
    List<String> jobs =
        jobs().stream().map(job -> "load %s/%s".formatted(namespace, name(job))).toList();
    return jobs.isEmpty()
        ? pods().stream()
            .map(pod -> "load %s/%s".formatted(namespace, pod.getMetadata().getName()))
            .toList()
        : jobs;
  }

  private List<Job> jobs() throws AgentTrouble {
    try {
      return client.batch().v1().jobs().inNamespace(namespace).withLabels(labels).list().getItems();
    } catch (KubernetesClientException failure) {
      throw AgentTrouble.of(failure);
    }
  }

  private static String name(Job job) {
    return Optional.ofNullable(job.getMetadata().getName()).orElse("");
  }

  /**
   * Deletes them all, and waits until their pods are gone.
   *
   * @return what is there still
   */
  public List<String> end(Duration within) throws AgentTrouble, InterruptedException {
    long began = System.nanoTime();
    try {
      for (Job job : jobs()) {
        var _ =
            client
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(name(job))
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
      }
    } catch (KubernetesClientException failure) {
      throw AgentTrouble.of(failure);
    }
    while (true) {
      List<String> left = left();
      if (left.isEmpty() || System.nanoTime() - began > within.toNanos()) {
        return left;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }
}
