package dev.faultline.benchmarks.shift;

import dev.faultline.environment.route.EnvoyRuntime;
import dev.faultline.environment.route.EnvoyShift;
import dev.faultline.environment.route.HaproxyRuntime;
import dev.faultline.environment.route.RouterTrouble;
import dev.faultline.environment.route.Weights;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A router in front of two servers, which are told apart by nothing but their ports. */
sealed interface Router extends AutoCloseable {

  /** As the table calls it. */
  String name();

  /** Where it listens. */
  int port();

  /** The program. */
  Process process();

  /** Splits requests otherwise, as a rollout does, and reads it back. */
  void set(double share) throws RouterTrouble;

  @Override
  default void close() {
    process().destroyForcibly();
    process().onExit().join();
  }

  /** HAProxy, by its runtime socket. */
  record Haproxy(Process process, int port, HaproxyRuntime runtime) implements Router {

    static Haproxy start(String program, Path folder, int stable, int canary) throws IOException {
      int port = free();
      Path socket = folder.resolve("api.sock");
      Path settings =
          Files.writeString(
              folder.resolve("haproxy.cfg"),
              """
              global
                stats socket %s mode 600 level admin
              defaults
                mode http
                maxconn 4000
                timeout connect 5s
                timeout client 1m
                timeout server 1m
                retries 0
              frontend front
                bind 127.0.0.1:%d
                default_backend orders
              backend orders
                balance roundrobin
                server v1 127.0.0.1:%d weight 256
                server v2 127.0.0.1:%d weight 0
              """
                  .formatted(socket, port, stable, canary));
      Process process = run(List.of(program, "-db", "-f", settings.toString()), port);
      return new Haproxy(process, port, new HaproxyRuntime(socket, "orders", "v1", "v2"));
    }

    @Override
    public String name() {
      return "HAProxy";
    }

    @Override
    public void set(double share) throws RouterTrouble {
      runtime.set(Weights.of(share), List.of());
      double _ = runtime.read().share();
    }
  }

  /** Envoy, by its admin address. */
  record Envoy(Process process, int port, EnvoyRuntime runtime) implements Router {

    private static final String CONFIG =
        """
        admin: {address: {socket_address: {address: 127.0.0.1, port_value: ADMIN}}}
        layered_runtime: {layers: [{name: admin, admin_layer: {}}]}
        static_resources:
          listeners:
            - address: {socket_address: {address: 127.0.0.1, port_value: FRONT}}
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
                              routes:
                                - match: {prefix: /}
                                  route:
                                    weighted_clusters:
                                      runtime_key_prefix: orders
                                      clusters: [{name: v1, weight: 100}, {name: v2, weight: 0}]
          clusters:
            - name: v1
              circuit_breakers: &many {thresholds: [{max_connections: 4000, max_pending_requests: 4000, max_requests: 4000}]}
              load_assignment: {cluster_name: v1, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: STABLE}}}}]}]}
            - name: v2
              circuit_breakers: *many
              load_assignment: {cluster_name: v2, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: CANARY}}}}]}]}
        """;

    static Envoy start(String program, Path folder, int stable, int canary) throws IOException {
      int port = free();
      int admin = free();
      Path settings =
          Files.writeString(
              folder.resolve("envoy.yaml"),
              CONFIG
                  .replace("ADMIN", Integer.toString(admin))
                  .replace("FRONT", Integer.toString(port))
                  .replace("STABLE", Integer.toString(stable))
                  .replace("CANARY", Integer.toString(canary)));
      Process process =
          run(
              List.of(
                  program,
                  "--disable-hot-restart",
                  "--concurrency",
                  "1",
                  "--log-level",
                  "error",
                  "-c",
                  settings.toString()),
              port);
      return new Envoy(process, port, new EnvoyRuntime("127.0.0.1:" + admin, "orders", "v1", "v2"));
    }

    @Override
    public String name() {
      return "Envoy";
    }

    @Override
    public void set(double share) throws RouterTrouble {
      double _ = runtime.set(EnvoyShift.of(share));
      double _ = runtime.read().share();
    }
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process run(List<String> command, int port) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    for (int tries = 0; ; tries++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return process;
      } catch (IOException notYet) {
        if (tries == 200 || !process.isAlive()) {
          process.destroyForcibly();
          throw notYet;
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
  }
}
