package dev.faultline.benchmarks.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A deployment of many pods in a namespace of its own, and an account there. */
final class Crowd implements AutoCloseable {

  static final String NAMESPACE = "faultline-crowd";
  private static final String MANIFESTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: faultline-crowd, labels: {faultline.dev/chaos: allowed}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: crowd, namespace: faultline-crowd}
      spec:
        replicas: PODS
        selector: {matchLabels: {app: crowd}}
        template:
          metadata: {labels: {app: crowd}}
          spec:
            containers: [{name: one, image: "busybox:1.37", resources: {requests: {cpu: 1m}}}]
      """;
  private static final int LONGEST_MINUTES = 20;
  private static final int LOOK_SECONDS = 1;

  private final KubernetesClient client;
  private final Account account;
  private final int size;

  /** Makes it, and waits until all of its pods are ready. */
  Crowd(KubernetesClient client, int size) throws IOException, InterruptedException {
    this.client = client;
    this.size = size;
    client.load(bytes()).resources().forEach(one -> one.forceConflicts().serverSideApply());
    this.account = Account.make(client, NAMESPACE, "admin");
    awaitWhole();
  }

  private ByteArrayInputStream bytes() {
    return new ByteArrayInputStream(
        MANIFESTS.replace("PODS", Integer.toString(size)).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Waits until it is whole again.
   *
   * @throws IOException when that takes longer than 20 minutes
   */
  void awaitWhole() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
    while (ready() != size) {
      if (System.nanoTime() > end) {
        throw new IOException("only %d of %d pods are ready".formatted(ready(), size));
      }
      TimeUnit.SECONDS.sleep(LOOK_SECONDS);
    }
  }

  private int ready() {
    Integer ready =
        Objects.requireNonNull(
                client.apps().deployments().inNamespace(NAMESPACE).withName("crowd").get())
            .getStatus()
            .getReadyReplicas();
    return ready == null ? 0 : ready;
  }

  /** The names of some of its pods. */
  List<String> some(int count) {
    return client.pods().inNamespace(NAMESPACE).list().getItems().stream()
        .map(Pod::getMetadata)
        .filter(pod -> pod.getDeletionTimestamp() == null)
        .map(pod -> pod.getName())
        .limit(count)
        .toList();
  }

  /** Whose requests are counted. */
  Account account() {
    return account;
  }

  @Override
  public void close() {
    account.close();
    client.load(bytes()).delete();
  }
}
