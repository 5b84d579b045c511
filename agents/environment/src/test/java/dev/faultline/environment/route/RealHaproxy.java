package dev.faultline.environment.route;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.faultline.environment.Await;
import dev.faultline.environment.FreePort;
import dev.faultline.environment.lives.SearchPath;
import dev.faultline.model.route.Haproxy;
import dev.faultline.model.route.MatchList;
import dev.faultline.model.route.Sticky;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import dev.faultline.node.CommandSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A real HAProxy in front of two small servers, {@code old} and {@code new}. */
final class RealHaproxy implements AutoCloseable {

  private final Path folder;
  private final int port;
  private final HttpServer stable;
  private final HttpServer canary;
  private final Process process;

  private RealHaproxy(
      Path folder, int port, HttpServer stable, HttpServer canary, Process process) {
    this.folder = folder;
    this.port = port;
    this.stable = stable;
    this.canary = canary;
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param level of its socket, such as {@code admin}
   * @param balance the algorithm of the backend
   * @param more further lines of the backend
   */
  static RealHaproxy start(Path folder, String level, String balance, String more)
      throws Exception {
    Optional<Path> program = SearchPath.ofThisProcess().withServers().find("haproxy");
    assumeTrue(program.isPresent(), "needs haproxy");
    HttpServer stable = serve(200, "old");
    HttpServer canary = serve(200, "new");
    int port = FreePort.choose();
    Path config = folder.resolve("haproxy.cfg");
    Files.writeString(config, config(folder, level, balance, more, port, stable, canary));
    Process process =
        new ProcessBuilder(program.get().toString(), "-db", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("haproxy.log").toFile())
            .start();
    RealHaproxy started = new RealHaproxy(folder, port, stable, canary, process);
    Await.until("HAProxy answers", started::answers);
    return started;
  }

  private static String config(
      Path folder,
      String level,
      String balance,
      String more,
      int port,
      HttpServer stable,
      HttpServer canary) {
    return """
        global
          stats socket %s/api.sock mode 600 level %s
        defaults
          mode http
          timeout client 5s
          timeout connect 2s
          timeout server 5s
          retries 0
        frontend orders
          bind 127.0.0.1:%d
          default_backend orders
        backend orders
          balance %s
          server v1 127.0.0.1:%d weight 256 check inter 100ms fall 1 rise 1
          server v2 127.0.0.1:%d weight 0 check inter 100ms fall 1 rise 1
          %s
        """
        .formatted(
            folder,
            level,
            port,
            balance,
            stable.getAddress().getPort(),
            canary.getAddress().getPort(),
            more);
  }

  private static HttpServer serve(int code, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          int answered = exchange.getRequestURI().getPath().equals("/fail") ? 500 : code;
          exchange.sendResponseHeaders(answered, body.length());
          try (var out = exchange.getResponseBody()) {
            out.write(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
          }
        });
    server.start();
    return server;
  }

  /** The file of the socket is there a moment before anybody listens. */
  private boolean answers() {
    try {
      return new CommandSocket(socket(), Duration.ofSeconds(1), 1 << 16)
          .ask("show info")
          .contains("Version");
    } catch (IOException notYet) {
      return false;
    }
  }

  Path socket() {
    return folder.resolve("api.sock");
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HaproxyRuntime runtime() {
    return new HaproxyRuntime(socket(), "orders", "v1", "v2");
  }

  /** As a run sees it. */
  Answer seen(Optional<MatchList> matched, Optional<Sticky> sticky) {
    Haproxy route = new Haproxy(socket().toString(), "orders", "v1", "v2", matched, sticky);
    Routes routes =
        new Routes(
            folder,
            path -> path,
            _ -> {
              throw new AssertionError("HAProxy needs no program");
            });
    return routes.status(new Query.RouteStatus(route));
  }

  void stopCanary() {
    canary.stop(0);
  }

  void stopHaproxy() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    stable.stop(0);
    canary.stop(0);
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
