package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.examples.shop.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The gateway of an example by a real implementation, beside the cluster: Contour, which follows
 * the API server, and the Envoy that it tells what to do.
 */
final class ContourGateway implements AutoCloseable {

  /** So much Contour adds to the port of a listener for the one that Envoy opens. */
  private static final int ADDED = 8000;

  private static final byte[] ASKED =
      "GET /cgi-bin/checkout HTTP/1.0\r\nHost: shop\r\n\r\n".getBytes(UTF_8);

  private final TestCluster cluster;
  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final int port = freePort();

  private ContourGateway(TestCluster cluster, Path folder) throws IOException {
    this.cluster = cluster;
    this.folder = folder;
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
            contour.toString(),
            "bootstrap",
            bootstrap.toString(),
            "--xds-address=127.0.0.1",
            xds,
            "--admin-address=" + folder.resolve("admin"))
        .waitFor();
    follow(contour, namespace, xds);
    start(
        "envoy",
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
        "warn");
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
            "--stats-port=" + freePort());
  }

  private Process start(String name, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private boolean isOpen() {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(1_000);
      socket.connect(address(), 1_000);
      socket.getOutputStream().write(ASKED);
      return new String(socket.getInputStream().readAllBytes(), UTF_8).contains(" 200 ");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Where customers ask. */
  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private void apply(String yaml) {
    cluster
        .client()
        .load(new ByteArrayInputStream(yaml.getBytes(UTF_8)))
        .resources()
        .forEach(one -> one.forceConflicts().serverSideApply());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
