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
                command: [sh, -c, "mkdir /tmp/w; echo 2s >/tmp/w/stock.timeout; exec httpd -f -p 8080 -h /tmp/w"]
                readinessProbe: {httpGet: {path: /stock.timeout, port: 8080}, periodSeconds: 1}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: SPACE}
      spec:
        selector: {app: web}
        ports: [{port: 8080}]
      """;

  private static final String PROMETHEUS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: SPACE}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: prometheus, namespace: SPACE}
      spec:
        selector: {matchLabels: {app: prometheus}}
        template:
          metadata: {labels: {app: prometheus}}
          spec:
            terminationGracePeriodSeconds: 0
            containers:
              - name: prometheus
                image: localhost/busybox:1
                command:
                  - sh
                  - -c
                  - |
                    mkdir /tmp/p; cd /tmp/p
                    printf '%s' 'global: {scrape_interval: 1s}
                    rule_files: [rules.yml]
                    scrape_configs: [{job_name: own, static_configs: [{targets: ["127.0.0.1:9090"]}]}]' >prometheus.yml
                    printf '%s' 'groups: [{name: all, interval: 1s, rules: [{alert: Down, expr: "up == 0"}]}]' >rules.yml
                    exec /program/prometheus --config.file=prometheus.yml
                readinessProbe: {httpGet: {path: /-/ready, port: 9090}, periodSeconds: 1}
                volumeMounts:
                  - {name: program, mountPath: /program, readOnly: true}
                  - {name: libraries, mountPath: /lib/x86_64-linux-gnu, readOnly: true}
                  - {name: loader, mountPath: /lib64, readOnly: true}
            volumes:
              - {name: program, hostPath: {path: PROGRAM}}
              - {name: libraries, hostPath: {path: /lib/x86_64-linux-gnu}}
              - {name: loader, hostPath: {path: /lib64}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: prometheus-server, namespace: SPACE}
      spec:
        selector: {app: prometheus}
        ports: [{port: 80, targetPort: 9090}]
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

  /** Where its Prometheus is. */
  String monitoring() {
    return namespace + "-monitoring";
  }

  /** Starts a Prometheus that watches itself, in a namespace of its own. */
  void addPrometheus(Path program) {
    apply(
        PROMETHEUS
            .replace("SPACE", monitoring())
            .replace("PROGRAM", String.valueOf(program.getParent())));
    awaitReady(monitoring(), "prometheus", 1);
  }

  String namespace() {
    return namespace;
  }

  void apply(String yaml) {
    cluster.client().load(new ByteArrayInputStream(yaml.getBytes(UTF_8))).serverSideApply();
  }

  void awaitReady(String deployment, int pods) {
    awaitReady(namespace, deployment, pods);
  }

  private void awaitReady(String space, String deployment, int pods) {
    Await.until(
        deployment + " is ready",
        () ->
            Optional.ofNullable(
                        cluster
                            .client()
                            .apps()
                            .deployments()
                            .inNamespace(space)
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
    cluster.client().namespaces().withName(monitoring()).delete();
  }
}
