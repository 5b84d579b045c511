package dev.faultline.examples.cli;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The shop of the examples in a cluster of fake nodes. */
final class ShopOnKubernetes implements AutoCloseable {

  static final String NAMESPACE = "shop";
  static final String NODE = "fake1";
  private static final String NOTE = "faultline.dev/undo";
  private static final String LABEL = "faultline.dev/run";

  private final TestCluster cluster;

  /** Puts it there, and waits until all of its pods are ready. */
  ShopOnKubernetes(TestCluster cluster) throws Exception {
    this.cluster = cluster;
    end();
    apply(Files.readString(Cli.home().resolve("examples/kubernetes/manifests/shop.yaml")));
    Await.until("the shop is open", () -> ready("web") == 4 && ready("stock") == 2);
  }

  KubernetesClient api() {
    return cluster.client();
  }

  /** As {@code kubectl apply --server-side} does. */
  void apply(String manifests) {
    api().load(bytes(manifests)).resources().forEach(one -> one.forceConflicts().serverSideApply());
  }

  /** As {@code kubectl delete} does. */
  void remove(String manifests) {
    api().load(bytes(manifests)).delete();
  }

  private static InputStream bytes(String manifests) {
    return new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8));
  }

  /** A kubeconfig of an account in the namespace. */
  Path kubeconfig(Path folder, String account) throws Exception {
    return cluster.kubeconfig(folder.resolve("kubeconfig-" + account), "test", NAMESPACE, account);
  }

  Deployment deployment(String name) {
    return Objects.requireNonNull(
        api().apps().deployments().inNamespace(NAMESPACE).withName(name).get());
  }

  int replicas(String name) {
    return deployment(name).getSpec().getReplicas();
  }

  int ready(String name) {
    Integer ready = deployment(name).getStatus().getReadyReplicas();
    return ready == null ? 0 : ready;
  }

  ConfigMap settings() {
    return Objects.requireNonNull(
        api().configMaps().inNamespace(NAMESPACE).withName("shop-settings").get());
  }

  Node node() {
    return Objects.requireNonNull(api().nodes().withName(NODE).get());
  }

  /** The uids of the pods that have not begun to end. */
  List<String> pods(String app) {
    return api().pods().inNamespace(NAMESPACE).withLabel("app", app).list().getItems().stream()
        .map(Pod::getMetadata)
        .filter(meta -> meta.getDeletionTimestamp() == null)
        .map(meta -> meta.getUid())
        .toList();
  }

  /** What of the shop and of the node carries a mark of Faultline. */
  List<String> marked() {
    return List.of(deployment("web"), deployment("stock"), settings(), node()).stream()
        .filter(ShopOnKubernetes::isMarked)
        .map(object -> object.getKind() + " " + object.getMetadata().getName())
        .toList();
  }

  private static boolean isMarked(HasMetadata object) {
    return has(object.getMetadata().getAnnotations(), NOTE)
        || has(object.getMetadata().getLabels(), LABEL);
  }

  private static boolean has(Map<String, String> marks, String key) {
    return marks != null && marks.containsKey(key);
  }

  private void end() {
    api().namespaces().withName(NAMESPACE).delete();
    Await.until("the shop is closed", () -> api().namespaces().withName(NAMESPACE).get() == null);
  }

  /** Takes it away, and gives the node back as it was. */
  @Override
  public void close() {
    end();
    api()
        .nodes()
        .withName(NODE)
        .edit(
            node ->
                new NodeBuilder(node)
                    .editMetadata()
                    .removeFromAnnotations(NOTE)
                    .removeFromLabels(LABEL)
                    .endMetadata()
                    .editSpec()
                    .withUnschedulable(null)
                    .withTaints()
                    .endSpec()
                    .build());
  }
}
