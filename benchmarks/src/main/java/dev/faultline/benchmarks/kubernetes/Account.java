package dev.faultline.benchmarks.kubernetes;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An account in a namespace, whose requests the API server counts apart from all others, as it has
 * a flow schema of its own.
 *
 * @param role what it may do there, a cluster role; everywhere where it is {@code cluster-admin}
 */
public record Account(KubernetesClient client, String namespace, String role)
    implements AutoCloseable {

  private static final String MANIFESTS =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: measured, namespace: SPACE}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: BINDING
      metadata: {name: SPACE-measured, namespace: SPACE}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ROLE}
      subjects: [{kind: ServiceAccount, name: measured, namespace: SPACE}]
      ---
      apiVersion: flowcontrol.apiserver.k8s.io/v1
      kind: FlowSchema
      metadata: {name: SPACE}
      spec:
        matchingPrecedence: 500
        priorityLevelConfiguration: {name: workload-high}
        rules:
          - subjects: [{kind: ServiceAccount, serviceAccount: {name: measured, namespace: SPACE}}]
            resourceRules: [{verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"], clusterScope: true}]
            nonResourceRules: [{verbs: ["*"], nonResourceURLs: ["*"]}]
      """;

  private static final long HOURS = 36_000;

  /** Makes one in a namespace that is there. */
  public static Account make(KubernetesClient client, String namespace, String role) {
    Account account = new Account(client, namespace, role);
    client.load(account.bytes()).resources().forEach(one -> one.forceConflicts().serverSideApply());
    return account;
  }

  private ByteArrayInputStream bytes() {
    boolean everywhere = role.equals("cluster-admin");
    return new ByteArrayInputStream(
        MANIFESTS
            .replace("BINDING", everywhere ? "ClusterRoleBinding" : "RoleBinding")
            .replace("ROLE", role)
            .replace("SPACE", namespace)
            .getBytes(StandardCharsets.UTF_8));
  }

  /** How many of its requests the API server has carried out so far. */
  public long requests() {
    String counted =
        "apiserver_flowcontrol_dispatched_requests_total{flow_schema=\"%s\"".formatted(namespace);
    return client
        .raw("/metrics")
        .lines()
        .filter(line -> line.startsWith(counted))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Writes a kubeconfig of it into a folder. */
  public Path kubeconfig(Path folder) throws IOException {
    TokenRequest hours =
        new TokenRequestBuilder().withNewSpec().withExpirationSeconds(HOURS).endSpec().build();
    String token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName("measured")
            .tokenRequest(hours)
            .getStatus()
            .getToken();
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: here, user: measured, namespace: %s}}]
        clusters: [{name: here, cluster: {server: "%s", certificate-authority-data: %s}}]
        users: [{name: measured, user: {token: %s}}]
        """
            .formatted(
                namespace,
                client.getMasterUrl(),
                client.getConfiguration().getCaCertData(),
                token));
  }

  @Override
  public void close() {
    client.load(bytes()).delete();
  }
}
