package dev.faultline.environment.route;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.faultline.environment.Await;
import dev.faultline.environment.FreePort;
import dev.faultline.environment.lives.SearchPath;
import dev.faultline.node.Armed;
import dev.faultline.node.FuseLauncher;
import dev.faultline.node.FuseOrder;
import dev.faultline.node.Lease;
import dev.faultline.testkit.BeingBuilt;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real Envoy with two workers in front of two small servers, {@code old} and {@code new}. */
final class RealEnvoy implements AutoCloseable {

  /** All goes to the first version. */
  static final String SPLIT = "[{name: outbound|80||v1, weight: 10000}, {name: v2, weight: 0}]";

  /** What can be changed. */
  static final String LAYERS = "[{name: admin, admin_layer: {}}]";

  /** Routes by which staff and beta users meet the second version, while the runtime says so. */
  static final String MATCHES =
      route("staff", "HUNDRED", "v2") + ", " + route("beta@shop.test", "TEN_THOUSAND", "v2") + ", ";

  /** A policy that copies what the runtime says to the second version. */
  static final String MIRROR =
      "[{cluster: v2, runtime_fraction: {default_value: {numerator: 0}, runtime_key: orders.mirror}}]";

  private static final AtomicInteger COPIES = new AtomicInteger();

  private final int admin;
  private final int port;
  private final HttpServer stable;
  private final HttpServer canary;
  private final Process process;

  private RealEnvoy(int admin, int port, HttpServer stable, HttpServer canary, Process process) {
    this.admin = admin;
    this.port = port;
    this.stable = stable;
    this.canary = canary;
    this.process = process;
  }

  /**
   * The program, from the search path or as {@code .ci/cluster/routes} has fetched it, or is about
   * to; the test is skipped where there is none.
   */
  static Path program() throws InterruptedException {
    String cache =
        Optional.ofNullable(System.getenv("KUBE_CACHE"))
            .orElse(System.getProperty("user.home") + "/.cache/faultline-tests/cluster");
    BeingBuilt.await(Path.of(cache, "routes/envoy.building"));
    Optional<Path> program =
        SearchPath.ofThisProcess()
            .find("envoy")
            .or(() -> Stream.of(Path.of(cache, "routes/envoy")).filter(Files::exists).findFirst());
    assumeTrue(program.isPresent(), "needs envoy; .ci/cluster/routes/envoy fetches it");
    return program.orElseThrow();
  }

  /** A route for a value of a header. */
  static String route(String value, String whole, String cluster) {
    return """
        {match: {prefix: /, headers: [{name: X-User-Type, string_match: {exact: "%s"}}], \
        runtime_fraction: {default_value: {numerator: 0, denominator: %s}, runtime_key: "orders.match.%s"}}, \
        route: {cluster: %s}}"""
        .formatted(value, whole, value, cluster);
  }

  /** Starts one that gives all to the first version, and can be changed. */
  static RealEnvoy start(Path folder) throws Exception {
    return start(folder, LAYERS, SPLIT, "");
  }

  /** Starts one like that with these routes before the split. */
  static RealEnvoy matching(Path folder, String routes) throws Exception {
    return start(folder, CONFIG.replace("[WEIGHTED]", "[" + routes + "WEIGHTED]"));
  }

  /** Starts one like that with these policies at the split. */
  static RealEnvoy mirroring(Path folder, String policies) throws Exception {
    COPIES.set(0);
    return start(
        folder,
        CONFIG.replace(
            "[WEIGHTED]",
            "["
                + WEIGHTED.replace("SPLIT}", "SPLIT}, request_mirror_policies: " + policies)
                + "]"));
  }

  /**
   * Starts one like that that chooses by a hash.
   *
   * @param hashes what is written into the weighted clusters
   * @param policy by what, beside them
   */
  static RealEnvoy hashing(Path folder, String hashes, String policy) throws Exception {
    return start(
        folder,
        CONFIG.replace(
            "[WEIGHTED]", "[" + WEIGHTED.replace("SPLIT}", "SPLIT" + hashes + "}" + policy) + "]"));
  }

  /** How many requests to {@code /copied} the second version has got. */
  static int copies() {
    return COPIES.get();
  }

  /**
   * Starts one.
   *
   * @param layers of its runtime
   * @param split its weighted clusters; the runtime keys begin with {@code orders}
   * @param admin more about its admin address, such as {@code , allow_paths: [...]}
   */
  static RealEnvoy start(Path folder, String layers, String split, String admin) throws Exception {
    return start(
        folder,
        CONFIG
            .replace("WEIGHTED", WEIGHTED)
            .replace("MORE", admin)
            .replace("LAYERS", layers)
            .replace("SPLIT", split));
  }

  private static RealEnvoy start(Path folder, String template) throws Exception {
    Path program = program();
    HttpServer stable = serve("old");
    HttpServer canary = serve("new");
    int adminPort = FreePort.choose();
    int port = FreePort.choose();
    String config =
        template
            .replace("WEIGHTED", WEIGHTED)
            .replace("ADMIN_PORT", Integer.toString(adminPort))
            .replace("MORE", "")
            .replace("LAYERS", LAYERS)
            .replace("SPLIT", SPLIT)
            .replace("FRONT_PORT", Integer.toString(port))
            .replace("V1_PORT", Integer.toString(stable.getAddress().getPort()))
            .replace("V2_PORT", Integer.toString(canary.getAddress().getPort()));
    Path file = Files.writeString(folder.resolve("envoy.yaml"), config);
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--disable-hot-restart",
                "--concurrency",
                "2",
                "--log-level",
                "error",
                "-c",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("envoy.log").toFile())
            .start();
    RealEnvoy started = new RealEnvoy(adminPort, port, stable, canary, process);
    Await.until("Envoy is ready", () -> started.status("GET", "/ready") == 200);
    return started;
  }

  private static final String WEIGHTED =
      "{match: {prefix: /}, route: {weighted_clusters: {runtime_key_prefix: orders, clusters: SPLIT}}}";

  private static final String CONFIG =
      """
      admin: {address: {socket_address: {address: 127.0.0.1, port_value: ADMIN_PORT}}MORE}
      layered_runtime: {layers: LAYERS}
      static_resources:
        listeners:
          - address: {socket_address: {address: 127.0.0.1, port_value: FRONT_PORT}}
            filter_chains:
              - filters:
                  - name: envoy.filters.network.http_connection_manager
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: front
                      http_filters:
                        - name: envoy.filters.http.router
                          typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                      route_config:
                        virtual_hosts:
                          - name: orders
                            domains: ["*"]
                            routes: [WEIGHTED]
        clusters:
          - name: outbound|80||v1
            connect_timeout: 2s
            load_assignment: {cluster_name: v1, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: V1_PORT}}}}]}]}
          - name: v2
            connect_timeout: 2s
            health_checks:
              - {timeout: 1s, interval: 0.1s, no_traffic_interval: 0.1s, unhealthy_threshold: 1, healthy_threshold: 1, http_health_check: {path: /}}
            load_assignment: {cluster_name: v2, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: V2_PORT}}}}]}]}
          - name: v3
            load_assignment: {cluster_name: v3, endpoints: []}
      """;

  private static HttpServer serve(String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          if (body.equals("new") && exchange.getRequestURI().getPath().equals("/copied")) {
            COPIES.incrementAndGet();
          }
          int status = exchange.getRequestURI().getPath().equals("/fail") ? 500 : 200;
          exchange.sendResponseHeaders(status, body.length());
          try (var out = exchange.getResponseBody()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
          }
        });
    server.start();
    return server;
  }

  /** What the admin address answers; 0 where nobody does. */
  int status(String method, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://%s%s".formatted(address(), path)).toURL().openConnection();
    try {
      connection.setRequestMethod(method);
      connection.setReadTimeout(10_000);
      return connection.getResponseCode();
    } catch (IOException nobody) {
      return 0;
    } finally {
      connection.disconnect();
    }
  }

  /** Another one than Faultline sets a runtime value. */
  void anotherSets(String values) throws IOException {
    int status = status("POST", "/runtime_modify?" + values);
    if (status != 200) {
      throw new IOException("not set: " + status);
    }
  }

  String address() {
    return "127.0.0.1:" + admin;
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  EnvoyRuntime runtime() {
    return new EnvoyRuntime(address(), "orders", "outbound|80||v1", "v2");
  }

  void stopCanary() {
    canary.stop(0);
  }

  long pid() {
    return process.pid();
  }

  void stopEnvoy() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    stable.stop(0);
    canary.stop(0);
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** A fuse that acts when the lease is not renewed for a second. */
  static Armed fuse(Lease lease, EnvoyRuntime runtime) throws Exception {
    FuseOrder order =
        new FuseOrder(
            "envoy-test-" + ProcessHandle.current().pid(),
            "back",
            lease.path(),
            Duration.ofSeconds(1),
            Duration.ofMillis(20),
            List.of(runtime.takeBack(Duration.ofSeconds(2))));
    return FuseLauncher.likeThisProcess().start(order, Duration.ofSeconds(30));
  }
}
