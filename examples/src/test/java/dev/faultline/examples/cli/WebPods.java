package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.examples.shop.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Two pods of a deployment that serve, with their service, in a namespace of their own. */
final class WebPods {

  private static final String MANIFESTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: SPACE, labels: {faultline.dev/chaos: allowed}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: SPACE}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            terminationGracePeriodSeconds: 0
            containers:
              - name: web
                image: localhost/busybox:1
                command: [sh, -c, "mkdir /tmp/w; echo up >/tmp/w/health; exec httpd -f -p 8080 -h /tmp/w"]
                readinessProbe: {httpGet: {path: /health, port: 8080}, periodSeconds: 1}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: SPACE}
      spec:
        selector: {app: web}
        ports: [{port: 80, targetPort: 8080}]
      """;

  private final TestCluster cluster;
  private final String namespace;

  private WebPods(TestCluster cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  static WebPods open(TestCluster cluster) {
    WebPods pods = new WebPods(cluster, "web-" + ProcessHandle.current().pid());
    pods.apply(MANIFESTS.replace("SPACE", pods.namespace));
    pods.awaitReady("web", 2);
    return pods;
  }

  String namespace() {
    return namespace;
  }

  void apply(String yaml) {
    cluster.client().load(new ByteArrayInputStream(yaml.getBytes(UTF_8))).serverSideApply();
  }

  void awaitReady(String deployment, int pods) {
    Await.until(
        deployment + " is ready",
        () ->
            Optional.ofNullable(
                        cluster
                            .client()
                            .apps()
                            .deployments()
                            .inNamespace(namespace)
                            .withName(deployment)
                            .get()
                            .getStatus()
                            .getReadyReplicas())
                    .orElse(0)
                == pods);
  }

  /** The kubeconfig of the account of that name. */
  Path kubeconfig(Path folder, String account) throws IOException {
    return cluster.kubeconfig(folder.resolve("kubeconfig"), "test", namespace, account);
  }

  void end() {
    cluster.client().namespaces().withName(namespace).delete();
  }
}
