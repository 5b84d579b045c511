package dev.faultline.environment.kubernetes.agent;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pod of an agent, as the API server has it: its orders are written, its log is read, and it is
 * deleted. Immutable and thread-safe.
 */
record AgentPod(KubernetesClient client, String namespace, String name, String uid) {

  private static final String ORDERS =
      "/metadata/annotations/" + AgentManifest.ORDERS.replace("/", "~1");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  AgentPod(KubernetesClient client, String namespace, ObjectMeta meta) {
    this(client, namespace, meta.getName(), meta.getUid());
  }

  String words() {
    return namespace + "/" + name;
  }

  private PodResource resource() {
    return client.pods().inNamespace(namespace).withName(name);
  }

  /**
   * Writes orders.
   *
   * @param instead of which ones; if others stand there by now, nothing is written. Empty to write
   *     whatever stands there
   * @throws AgentTrouble when they are not written, or that is not known
   */
  void write(String orders, Optional<String> instead) throws AgentTrouble {
    List<Map<String, String>> patch = new ArrayList<>();
    patch.add(Map.of("op", "test", "path", "/metadata/uid", "value", uid));
    instead.ifPresent(old -> patch.add(Map.of("op", "test", "path", ORDERS, "value", old)));
    patch.add(Map.of("op", "add", "path", ORDERS, "value", orders));
    try {
      var _ =
          Optional.ofNullable(
                  resource().patch(PatchContext.of(PatchType.JSON), Serialization.asJson(patch)))
              .orElseThrow(this::gone);
    } catch (KubernetesClientException failure) {
      throw failure.getCode() == HttpURLConnection.HTTP_NOT_FOUND
          ? gone()
          : AgentTrouble.of(failure);
    }
  }

  private AgentTrouble gone() {
    return AgentTrouble.over("the agent %s is gone".formatted(words()));
  }

  /**
   * The newest lines of its log; none while it has not begun, of which its node may not even have
   * heard, or when it is gone.
   *
   * @param newest how many
   * @throws AgentTrouble when the API server or the node does not answer
   */
  AgentLog log(int newest) throws AgentTrouble {
    try {
      return AgentLog.of(
          resource().inContainer(AgentManifest.CONTAINER).tailingLines(newest).getLog());
    } catch (KubernetesClientException failure) {
      return switch (failure.getCode()) {
        case HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_NOT_FOUND ->
            new AgentLog(List.of());
        default -> throw AgentTrouble.of(failure);
      };
    }
  }

  /** As it is now. */
  PodLook look() throws AgentTrouble {
    try {
      return new PodLook(
          Optional.ofNullable(resource().get())
              .filter(pod -> uid.equals(pod.getMetadata().getUid())));
    } catch (KubernetesClientException failure) {
      throw AgentTrouble.of(failure);
    }
  }

  /** Has it deleted, if it is still there. Its kubelet asks it to end, which undoes all. */
  void delete() throws AgentTrouble {
    try {
      resource().delete();
    } catch (KubernetesClientException failure) {
      throw AgentTrouble.of(failure);
    }
  }

  /**
   * Waits until it is gone: only when its container has ended does the kubelet let go of it.
   *
   * @return whether it is
   */
  boolean awaitGone(Duration within) throws AgentTrouble, InterruptedException {
    long began = System.nanoTime();
    while (!look().isGone()) {
      if (System.nanoTime() - began > within.toNanos()) {
        return false;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
    return true;
  }
}
