package dev.faultline.examples.cli;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.examples.shop.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A gateway of a mesh: Istio's own control plane, and an Envoy of the Envoy project, which lacks
 * Istio's own filters; so the control plane is told not to send them.
 */
final class IstioGateway extends ClusterGateway {

  private static final String MESH =
      """
      defaultConfig: {discoveryAddress: "127.0.0.1:XDS"}
      enablePrometheusMerge: false
      rootNamespace: istio-system
      trustDomain: cluster.local
      defaultProviders: {}
      enableAutoMtls: false
      """;

  private static final String BOOTSTRAP =
      """
      node:
        id: router~127.0.0.1~shop-0.NAMESPACE~NAMESPACE.svc.cluster.local
        cluster: shop.NAMESPACE
        metadata: {NAMESPACE: NAMESPACE, LABELS: {istio: ingressgateway}, CLUSTER_ID: Kubernetes, ISTIO_VERSION: 1.30.0, MESH_ID: cluster.local, SERVICE_ACCOUNT: default}
      dynamic_resources:
        ads_config: {api_type: GRPC, transport_api_version: V3, set_node_on_first_message_only: true, grpc_services: [{envoy_grpc: {cluster_name: xds}}]}
        cds_config: {ads: {}, resource_api_version: V3, initial_fetch_timeout: 0s}
        lds_config: {ads: {}, resource_api_version: V3, initial_fetch_timeout: 0s}
      static_resources:
        clusters:
          - name: xds
            type: STATIC
            connect_timeout: 1s
            typed_extension_protocol_options:
              envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                explicit_http_config: {http2_protocol_options: {}}
            load_assignment: {cluster_name: xds, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: XDS}}}}]}]}
      """;

  private IstioGateway(TestCluster cluster, Path folder) throws IOException {
    super(cluster, folder);
  }

  /**
   * Starts it for a namespace, where it makes the route of the example for the gateway {@code
   * shop}; skips the test where it has not been made.
   */
  static IstioGateway start(TestCluster cluster, Path folder, String namespace) throws Exception {
    Path istiod = OrdersRoutes.made("pilot-discovery");
    Path envoy = OrdersRoutes.made("envoy");
    IstioGateway gateway = new IstioGateway(cluster, folder);
    OrdersRoutes.define(cluster.client(), "istio", "networking.istio.io/v1", "VirtualService");
    gateway.apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: istio-system}
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: shop, namespace: %s}
        spec: {selector: {istio: ingressgateway}, servers: [{port: {number: %d, name: http, protocol: HTTP}, hosts: ["*"]}]}
        """
            .formatted(namespace, gateway.port));
    gateway.apply(
        Files.readString(Cli.home().resolve("examples/istio/manifests/route.yaml"))
            .replace("namespace: shop", "namespace: " + namespace)
            .replace("hosts: [orders]", "hosts: [\"*\"]\n  gateways: [shop]"));
    try {
      gateway.serve(istiod, envoy, namespace);
      return gateway;
    } catch (IOException | RuntimeException | Error failure) {
      gateway.close();
      throw failure;
    }
  }

  private void serve(Path istiod, Path envoy, String namespace) throws Exception {
    int xds = freePort();
    follow(istiod, xds);
    Path bootstrap =
        Files.writeString(
            folder.resolve("bootstrap.yaml"),
            BOOTSTRAP
                .replace("NAMESPACE: NAMESPACE", "NAMESPACE: " + namespace)
                .replace("NAMESPACE~", namespace + "~")
                .replace("~NAMESPACE", "~" + namespace)
                .replace("shop.NAMESPACE", "shop." + namespace)
                .replace("XDS", Integer.toString(xds)));
    start(
        "envoy",
        List.of(
            envoy.toString(),
            "--config-path",
            bootstrap.toString(),
            "--disable-hot-restart",
            "--concurrency",
            "1",
            "--log-level",
            "warn"));
    Await.until("the gateway answers", this::isOpen);
  }

  private void follow(Path istiod, int xds) throws IOException {
    Path mesh =
        Files.writeString(folder.resolve("mesh.yaml"), MESH.replace("XDS", Integer.toString(xds)));
    Process _ =
        start(
            "istiod",
            List.of(
                "env",
                "PILOT_ENABLE_METADATA_EXCHANGE=false",
                "PILOT_ENABLE_TELEMETRY_LABEL=false",
                "PILOT_ENABLE_ALPN_FILTER=false",
                "PILOT_HTTP10=true",
                "POD_NAME=istiod",
                "POD_NAMESPACE=istio-system",
                "CLUSTER_ID=Kubernetes",
                istiod.toString(),
                "discovery",
                "--kubeconfig",
                cluster.administrator().toString(),
                "--meshConfig",
                mesh.toString(),
                "--domain",
                "cluster.local",
                "--monitoringAddr",
                "127.0.0.1:" + freePort(),
                "--httpAddr",
                "127.0.0.1:" + freePort(),
                "--httpsAddr",
                "",
                "--grpcAddr",
                "127.0.0.1:" + xds,
                "--secureGRPCAddr",
                ""));
  }
}
