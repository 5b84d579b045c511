package dev.faultline.environment.route;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.faultline.environment.Await;
import dev.faultline.environment.FreePort;
import dev.faultline.environment.lives.SearchPath;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.CommandStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A real Nginx, of a folder and a port of its own, before two small servers. */
final class RealNginx implements AutoCloseable {

  private final Path folder;
  private final String program;
  private final int port;
  private final HttpServer stable;
  private final HttpServer canary;
  private final Process process;

  private RealNginx(Path folder, String program, int port, HttpServer stable, HttpServer canary)
      throws Exception {
    this.folder = folder;
    this.program = program;
    this.port = port;
    this.stable = stable;
    this.canary = canary;
    Files.writeString(include(), split().text(0));
    Files.writeString(folder.resolve("nginx.conf"), config(port));
    this.process =
        new ProcessBuilder(nginx("-g", "daemon off;"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
  }

  /** Starts one that sends everything to {@code old}. */
  static RealNginx start(Path folder) throws Exception {
    Optional<Path> program = SearchPath.ofThisProcess().withServers().find("nginx");
    assumeTrue(program.isPresent(), "needs nginx");
    RealNginx started =
        new RealNginx(
            folder, program.get().toString(), FreePort.choose(), serve("old"), serve("new"));
    Await.until("Nginx listens", started::listens);
    return started;
  }

  private String config(int port) {
    return """
        worker_processes 2;
        worker_shutdown_timeout 10s;
        pid nginx.pid;
        error_log stderr notice;
        events {}
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          include split*.conf;
          server {
            listen 127.0.0.1:%d;
            location / {
              proxy_pass http://$faultline_orders;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_next_upstream off;
            }
          }
        }
        """
        .formatted(port);
  }

  private static HttpServer serve(String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length());
          try (var out = exchange.getResponseBody()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
          }
        });
    server.start();
    return server;
  }

  private List<String> nginx(String... more) {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(
                program, "-p", folder.toString(), "-c", "nginx.conf", "-e", "stderr"),
            java.util.stream.Stream.of(more))
        .toList();
  }

  List<String> test() {
    return nginx("-t");
  }

  List<String> reload() {
    return nginx("-s", "reload");
  }

  Path include() {
    return folder.resolve("split.conf");
  }

  Path config() {
    return folder.resolve("nginx.conf");
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  NginxSplit split() {
    return new NginxSplit("orders", List.of(address(stable)), List.of(address(canary)));
  }

  NginxFile file() {
    return file(test(), reload());
  }

  NginxFile file(List<String> test, List<String> reload) {
    return new NginxFile(
        include(),
        split(),
        test,
        reload,
        Optional.of(new NginxWorkers(folder.resolve("nginx.pid"))),
        RealNginx::run);
  }

  /** As the hands do it: an exit code and the output. */
  static Answer run(CommandStatus command) {
    try {
      Process process = new ProcessBuilder(command.argv()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer.Exited(process.waitFor(), output);
    } catch (IOException failure) {
      return new Answer.Unanswered(BlindReason.UNREACHABLE, String.valueOf(failure.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Answer.Unanswered(BlindReason.UNREACHABLE, "interrupted");
    }
  }

  private static String address(HttpServer server) {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private boolean listens() {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return Files.exists(folder.resolve("nginx.pid"));
    } catch (IOException notYet) {
      return false;
    }
  }

  void stopNginx() throws Exception {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    stable.stop(0);
    canary.stop(0);
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
