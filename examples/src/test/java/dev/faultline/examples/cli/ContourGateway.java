package dev.faultline.examples.cli;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.examples.shop.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The gateway of the example of the Gateway API by a real implementation: Contour. */
final class ContourGateway extends ClusterGateway {

  /** So much Contour adds to the port of a listener for the one that Envoy opens. */
  private static final int ADDED = 8000;

  private ContourGateway(TestCluster cluster, Path folder) throws IOException {
    super(cluster, folder);
  }

  /**
   * Starts it for the gateway {@code shop} of a namespace, which it makes with the route of the
   * example; skips the test where it has not been made.
   */
  static ContourGateway start(TestCluster cluster, Path folder, String namespace) throws Exception {
    Path contour = OrdersRoutes.made("contour");
    Path envoy = OrdersRoutes.made("envoy");
    ContourGateway gateway = new ContourGateway(cluster, folder);
    OrdersRoutes.define(
        cluster.client(), "gateway-api", "gateway.networking.k8s.io/v1", "HTTPRoute");
    OrdersRoutes.define(cluster.client(), "contour", "projectcontour.io/v1", "HTTPProxy");
    gateway.apply(
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: contour}
        spec: {controllerName: projectcontour.io/gateway-controller}
        """);
    gateway.apply(
        Files.readString(Cli.home().resolve("examples/gateway-api/manifests/route.yaml"))
            .replace("namespace: shop", "namespace: " + namespace)
            .replace("port: 80}", "port: %d}".formatted(gateway.port - ADDED)));
    try {
      gateway.serve(contour, envoy, namespace);
      return gateway;
    } catch (IOException | RuntimeException | Error failure) {
      gateway.close();
      throw failure;
    }
  }

  private void serve(Path contour, Path envoy, String namespace) throws Exception {
    String xds = "--xds-port=" + freePort();
    Path bootstrap = folder.resolve("envoy.json");
    start(
            "bootstrap",
            List.of(
                contour.toString(),
                "bootstrap",
                bootstrap.toString(),
                "--xds-address=127.0.0.1",
                xds,
                "--admin-address=" + folder.resolve("admin")))
        .waitFor();
    follow(contour, namespace, xds);
    start(
        "envoy",
        List.of(
            envoy.toString(),
            "--config-path",
            bootstrap.toString(),
            "--service-cluster",
            "faultline",
            "--service-node",
            namespace,
            "--disable-hot-restart",
            "--concurrency",
            "1",
            "--log-level",
            "warn"));
    Await.until("the gateway answers", this::isOpen);
  }

  private void follow(Path contour, String namespace, String xds) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("contour.yaml"),
            "gateway: {gatewayRef: {namespace: %s, name: shop}}".formatted(namespace));
    Process _ =
        start(
            "contour",
            List.of(
                contour.toString(),
                "serve",
                "--kubeconfig=" + cluster.administrator(),
                "--config-path=" + config,
                "--insecure",
                "--disable-leader-election",
                "--xds-address=127.0.0.1",
                xds,
                "--http-address=127.0.0.1",
                "--http-port=" + freePort(),
                "--health-address=127.0.0.1",
                "--health-port=" + freePort(),
                "--debug-http-port=" + freePort(),
                "--stats-address=127.0.0.1",
                "--stats-port=" + freePort()));
  }
}
