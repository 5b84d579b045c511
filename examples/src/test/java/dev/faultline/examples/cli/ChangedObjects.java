package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A deployment, a config map and a node that experiments change, in a namespace of their own. */
final class ChangedObjects implements AutoCloseable {

  static final Map<String, String> AS_BEFORE =
      Map.of("replicas", "2", "timeout", "2s", "cordoned", "false", "marks", "0");
  static final Map<String, String> CHANGED =
      Map.of("replicas", "1", "timeout", "1ms", "cordoned", "true", "marks", "3");

  private static final int KUBELET = 10250;
  private static final String OURS = "app.kubernetes.io/managed-by";
  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: SPACE, labels: {faultline.dev/chaos: allowed}}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: SPACE}
      data: {timeout: 2s}
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
            tolerations: [{operator: Exists}]
            containers:
              - name: web
                image: localhost/busybox:1
                command: [sleep, "86400"]
      """;

  private final KubernetesClient client;
  private final String namespace;
  private final String node;

  private ChangedObjects(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.node = client.nodes().list().getItems().getLast().getMetadata().getName();
  }

  /** Makes them, and waits until two pods are ready. */
  static ChangedObjects open(KubernetesClient client, String namespace) {
    ChangedObjects objects = new ChangedObjects(client, namespace);
    objects.apply(OBJECTS.replace("SPACE", namespace));
    Await.until("both pods are ready", () -> objects.ready() == 2);
    return objects;
  }

  String namespace() {
    return namespace;
  }

  String node() {
    return node;
  }

  void apply(String manifests) {
    client.load(new ByteArrayInputStream(manifests.getBytes(UTF_8))).serverSideApply();
  }

  private Deployment web() {
    return Objects.requireNonNull(
        client.apps().deployments().inNamespace(namespace).withName("web").get());
  }

  private int ready() {
    return Objects.requireNonNullElse(web().getStatus().getReadyReplicas(), 0);
  }

  /** What experiments change of them, and how many carry a mark. */
  Map<String, String> state() {
    Deployment web = web();
    ConfigMap settings =
        Objects.requireNonNull(
            client.configMaps().inNamespace(namespace).withName("settings").get());
    Node cordoned = Objects.requireNonNull(client.nodes().withName(node).get());
    long marks =
        Stream.<HasMetadata>of(web, settings, cordoned)
            .map(object -> object.getMetadata().getLabels())
            .filter(labels -> labels != null && labels.containsKey("faultline.dev/run"))
            .count();
    return Map.of(
        "replicas",
        String.valueOf(web.getSpec().getReplicas()),
        "timeout",
        settings.getData().get("timeout"),
        "cordoned",
        String.valueOf(Boolean.TRUE.equals(cordoned.getSpec().getUnschedulable())),
        "marks",
        String.valueOf(marks));
  }

  /** Whether the kubelet of the node takes a connection, of whoever asks from outside. */
  boolean nodeAnswers() {
    String address =
        client.nodes().withName(node).get().getStatus().getAddresses().stream()
            .filter(one -> one.getType().equals("InternalIP"))
            .findFirst()
            .orElseThrow()
            .getAddress();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, KUBELET), 1_000);
      return true;
    } catch (IOException cut) {
      return false;
    }
  }

  /** What Faultline made for its fuses and did not delete, by kind and name. */
  List<String> ours() {
    return Stream.of(
            client.leases().inNamespace(namespace).withLabel(OURS, "faultline").list().getItems(),
            client
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel(OURS, "faultline")
                .list()
                .getItems(),
            client.pods().inNamespace(namespace).withLabel(OURS, "faultline").list().getItems(),
            client
                .serviceAccounts()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/component", "fuse")
                .list()
                .getItems(),
            client
                .rbac()
                .clusterRoles()
                .withLabel("app.kubernetes.io/component", "fuse")
                .list()
                .getItems())
        .flatMap(List::stream)
        .map(one -> one.getKind() + " " + one.getMetadata().getName())
        .toList();
  }

  /** Takes them away, and gives the node back as it was. */
  @Override
  public void close() {
    client
        .nodes()
        .withName(node)
        .edit(
            found ->
                new NodeBuilder(found)
                    .editMetadata()
                    .removeFromAnnotations("faultline.dev/undo")
                    .removeFromLabels("faultline.dev/run")
                    .endMetadata()
                    .editSpec()
                    .withUnschedulable(null)
                    .endSpec()
                    .build());
    client.namespaces().withName(namespace).delete();
    Await.until("they are gone", () -> client.namespaces().withName(namespace).get() == null);
  }
}
