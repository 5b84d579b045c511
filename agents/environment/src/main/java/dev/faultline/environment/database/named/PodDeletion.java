package dev.faultline.environment.database.named;

import dev.faultline.environment.database.sql.SqlTrouble;
import dev.faultline.model.environment.FailoverMeans;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Deletes the pod of the primary at once, as its node's death would; an operator does the rest. */
final class PodDeletion implements Means {

  private static final int TIMEOUT_MILLIS = 5_000;

  private final FailoverMeans.Kubernetes place;
  private final Supplier<Config> config;

  /** In the cluster that the user's kubeconfig names. */
  PodDeletion(FailoverMeans.Kubernetes place) {
    this(place, () -> Config.autoConfigure(place.context().orElse(null)));
  }

  PodDeletion(FailoverMeans.Kubernetes place, Supplier<Config> config) {
    this.place = place;
    this.config = config;
  }

  @Override
  public FailoverWay way() {
    return new FailoverWay.ByHands(Set.of(FailoverKind.CRASH), "Kubernetes");
  }

  @Override
  public Effect take(FailoverKind kind, String node) {
    try (KubernetesClient client = client()) {
      return take(client, place.namespace().orElse(client.getNamespace()));
    } catch (KubernetesClientException failure) {
      return new Effect.Failed("Kubernetes: " + SqlTrouble.line(failure.getMessage()));
    }
  }

  private Effect take(KubernetesClient client, String namespace) {
    PodList found = client.pods().inNamespace(namespace).withLabelSelector(place.primary()).list();
    List<Pod> pods = found.getItems();
    if (pods.size() != 1) {
      return new Effect.Failed(
          "%s in %s selects %d pods, and must select one%s"
              .formatted(place.primary(), namespace, pods.size(), names(pods)));
    }
    String pod = pods.getFirst().getMetadata().getName();
    String uid = pods.getFirst().getMetadata().getUid();
    client.pods().inNamespace(namespace).withName(pod).withGracePeriod(0).delete();
    return new Effect.Done("pod %s (%s) deleted without grace".formatted(pod, uid));
  }

  private static String names(List<Pod> pods) {
    return pods.isEmpty()
        ? ""
        : ": " + String.join(", ", pods.stream().map(pod -> pod.getMetadata().getName()).toList());
  }

  private KubernetesClient client() {
    Config bounded =
        new ConfigBuilder(config.get())
            .withConnectionTimeout(TIMEOUT_MILLIS)
            .withRequestTimeout(TIMEOUT_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(bounded).build();
  }
}
