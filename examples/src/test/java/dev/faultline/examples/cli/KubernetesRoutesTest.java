package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.examples.shop.Await;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Weights of routes of a real API server, by the definitions of the Gateway API and of Istio, as a
 * user who may do what {@code faultline rbac} says and nothing else.
 */
@Tag("slow")
@ResourceLock("cluster of a real node")
@Order(1)
final class KubernetesRoutesTest {

  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  @TempDir private static Path shared;
  private static TestCluster cluster;

  private final String namespace =
      "routes-%d-%d".formatted(ProcessHandle.current().pid(), NAMESPACES.incrementAndGet());
  @TempDir private Path temp;
  private Cli cli;
  private OrdersRoutes routes;

  @BeforeAll
  static void open() throws Exception {
    OrdersRoutes.made("crds/gateway-api.yaml");
    cluster = TestCluster.start(shared);
  }

  @AfterAll
  static void end() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    cli = new Cli(temp);
    apply(
        Files.readString(Cli.home().resolve("examples/kubernetes/manifests/orders.yaml"))
            .replace("shop", namespace)
            .replace("busybox:1.37", "localhost/busybox:1")
            .replaceAll("replicas: [04]", "replicas: 1"));
    routes = OrdersRoutes.open(cluster, namespace);
    Await.until(
        "both versions serve",
        () ->
            cluster.client().apps().deployments().inNamespace(namespace).list().getItems().stream()
                .allMatch(one -> Integer.valueOf(1).equals(one.getStatus().getReadyReplicas())));
  }

  @AfterEach
  void stop() {
    cli.close();
    cluster.client().namespaces().withName(namespace).delete();
  }

  private static void apply(String yaml) {
    cluster
        .client()
        .load(new ByteArrayInputStream(yaml.getBytes(UTF_8)))
        .resources()
        .forEach(one -> one.forceConflicts().serverSideApply());
  }

  /** Both routes shift for longer than any test: the one of the gateway, and that of the mesh. */
  private String file(String gateway, String mesh) throws Exception {
    String file =
        cli.file(
            "trial.yaml",
            """
            apiVersion: faultline.dev/v1
            kind: Experiment
            metadata: {name: trial}
            spec:
              environment: {kubernetes: {namespace: %s}}
              gates:
                - {name: ready, kubernetes: {deployment: orders, read: readyReplicas}, above: 0}
              faults:
                - name: gateway
                  for: 10m
                  shift:
                    gatewayApi:
                      httpRoute: orders
                      stable: orders-v1
                      canary: orders-v2
                      scaled: {deployment: orders-v2, pods: 2, least: 2}
                    %s
                - name: mesh
                  for: 10m
                  shift:
                    istio: {virtualService: orders, stable: orders/v1, canary: orders/v2}
                    %s
              lease: 3s
              recovery: {within: 30s}
            """
                .formatted(namespace, gateway, mesh));
    Ended rbac = cli.run("rbac", file);
    assertThat(rbac.exit()).as(rbac.err()).isEqualTo(0);
    apply(rbac.out());
    return file;
  }

  /** How many pods version 2 is to have. */
  private int canary() {
    return cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName("orders-v2")
        .get()
        .getSpec()
        .getReplicas();
  }

  private Running as(String... arguments) throws Exception {
    Path kubeconfig =
        cluster.kubeconfig(temp.resolve("kubeconfig"), "test", namespace, "faultline");
    return cli.start(Map.of("KUBECONFIG", kubeconfig.toString()), Cli.command(arguments));
  }

  @Test
  void weights_are_exact_and_back_whoever_takes_them_back() throws Exception {
    List<Object> before = routes.specs();
    String file = file("weight: 2.5%", "weight: 30%");

    Running run = as("run", file);
    run.awaitErr("fault gateway is in force").awaitErr("fault mesh is in force");
    assertThat(routes.weights()).containsExactly(9750, 250, 70, 30);
    assertThat(routes.marked()).isTrue();
    assertThat(canary()).isEqualTo(2);
    assertThat(run.signal("KILL").end().exit()).isEqualTo(137);

    Await.until("fuses took the weights back", () -> routes.specs().equals(before));
    Await.until("the pods went after them", () -> canary() == 1);
    Await.until("nothing of ours is left", () -> !routes.marked());
    Ended undo = as("undo").end();
    assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);

    as("run", file).awaitErr("fault mesh is in force").awaitErr("fault gateway is in force");
    cli.close(); // the fuses as well
    Ended all =
        cli.start(
                Map.of("KUBECONFIG", cluster.administrator().toString()),
                Cli.command("undo", "--cluster", "--namespace", namespace))
            .end();
    assertThat(all.exit()).as(all.out() + all.err()).isEqualTo(0);
    assertThat((all.out() + all.err()).replaceAll("\\s+", " "))
        .contains("set weights of orders-v1 and orders-v2 to 1:0")
        .contains("set weights of orders/v1 and orders/v2 to 100:0")
        .contains("set replicas to 1");
    assertThat(canary()).isEqualTo(1);
    assertThat(routes.specs()).isEqualTo(before);
    assertThat(routes.marked()).isFalse();
  }

  @Test
  void requests_are_copied_until_somebody_takes_that_back() throws Exception {
    List<Object> before = routes.specs();
    String file = file("mirror: 10%", "mirror: 10%");

    Running run = as("run", file);
    run.awaitErr("fault gateway is in force").awaitErr("fault mesh is in force");
    assertThat(routes.specs().toString())
        .contains("requestMirror={backendRef={", "name=orders-v2", "percent=10}")
        .contains("mirror={host=orders, subset=v2}, mirrorPercentage={value=10}");
    assertThat(run.signal("KILL").end().exit()).isEqualTo(137);

    Await.until("fuses took the mirrors away", () -> routes.specs().equals(before));
    Await.until("nothing of ours is left", () -> !routes.marked());
    assertThat(as("undo").end().exit()).isEqualTo(0);
  }
}
