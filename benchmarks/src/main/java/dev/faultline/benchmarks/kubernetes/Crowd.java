package dev.faultline.benchmarks.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A deployment of many pods in a namespace of its own, and an account whose requests the API server
 * counts apart from all others, as it has a flow schema of its own.
 */
final class Crowd implements AutoCloseable {

  static final String NAMESPACE = "faultline-crowd";
  private static final String MANIFESTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: faultline-crowd, labels: {faultline.dev/chaos: allowed}}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: measured, namespace: faultline-crowd}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: measured, namespace: faultline-crowd}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
      subjects: [{kind: ServiceAccount, name: measured, namespace: faultline-crowd}]
      ---
      apiVersion: flowcontrol.apiserver.k8s.io/v1
      kind: FlowSchema
      metadata: {name: faultline-crowd}
      spec:
        matchingPrecedence: 500
        priorityLevelConfiguration: {name: workload-high}
        rules:
          - subjects: [{kind: ServiceAccount, serviceAccount: {name: measured, namespace: faultline-crowd}}]
            resourceRules: [{verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"], clusterScope: true}]
            nonResourceRules: [{verbs: ["*"], nonResourceURLs: ["*"]}]
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
  private static final String COUNTED =
      "apiserver_flowcontrol_dispatched_requests_total{flow_schema=\"faultline-crowd\"";
  private static final int LONGEST_MINUTES = 20;
  private static final int LOOK_SECONDS = 1;

  private final KubernetesClient client;
  private final int size;

  /** Makes it, and waits until all of its pods are ready. */
  Crowd(KubernetesClient client, int size) throws IOException, InterruptedException {
    this.client = client;
    this.size = size;
    client.load(bytes()).resources().forEach(one -> one.forceConflicts().serverSideApply());
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

  /** How many requests of the account the API server has carried out so far. */
  long requests() {
    return client
        .raw("/metrics")
        .lines()
        .filter(line -> line.startsWith(COUNTED))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Writes a kubeconfig of the account. */
  Path kubeconfig(Path folder) throws IOException {
    TokenRequest hours =
        new TokenRequestBuilder().withNewSpec().withExpirationSeconds(36_000L).endSpec().build();
    String token =
        client
            .serviceAccounts()
            .inNamespace(NAMESPACE)
            .withName("measured")
            .tokenRequest(hours)
            .getStatus()
            .getToken();
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: crowd
        contexts: [{name: crowd, context: {cluster: crowd, user: measured, namespace: %s}}]
        clusters: [{name: crowd, cluster: {server: "%s", certificate-authority-data: %s}}]
        users: [{name: measured, user: {token: %s}}]
        """
            .formatted(
                NAMESPACE,
                client.getMasterUrl(),
                client.getConfiguration().getCaCertData(),
                token));
  }

  @Override
  public void close() {
    client.load(bytes()).delete();
  }
}
