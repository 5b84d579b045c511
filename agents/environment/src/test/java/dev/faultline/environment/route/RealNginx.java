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
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Nginx, of a folder and a port of its own, before two small servers. */
final class RealNginx implements AutoCloseable {

  private static final int WORKERS = 2;

  private final Path folder;
  private final String program;
  private final int port;
  private final HttpServer stable;
  private final HttpServer canary;
  private Process process;

  private RealNginx(
      Path folder, String program, String keepalive, HttpServer stable, HttpServer canary)
      throws Exception {
    this.folder = folder;
    this.program = program;
    this.port = FreePort.choose();
    this.stable = stable;
    this.canary = canary;
    Files.writeString(include(), split().text(0));
    Files.writeString(folder.resolve("nginx.conf"), config(keepalive));
    this.process = launch();
  }

  private Process launch() throws Exception {
    Process started =
        new ProcessBuilder(nginx("-g", "daemon off;"))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.resolve("nginx.log").toFile()))
            .start();
    Await.until("Nginx listens", () -> listens(started));
    Await.until("its workers have begun", () -> begun(started) == WORKERS);
    return started;
  }

  /** Starts one that sends everything to {@code old}. */
  static RealNginx start(Path folder) throws Exception {
    return start(folder, "75s");
  }

  /** Starts one that keeps idle connections so long. */
  static RealNginx start(Path folder, String keepalive) throws Exception {
    Optional<Path> program = SearchPath.ofThisProcess().withServers().find("nginx");
    assumeTrue(program.isPresent(), "needs nginx");
    return new RealNginx(folder, program.get().toString(), keepalive, serve("old"), serve("new"));
  }

  private String config(String keepalive) {
    return """
        worker_processes %d;
        worker_shutdown_timeout 10s;
        pid nginx.pid;
        error_log stderr notice;
        events {}
        http {
          access_log off;
          keepalive_timeout %s;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          include split.conf;
          server {
            listen 127.0.0.1:%d;
            location / {
              proxy_pass http://orders;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_next_upstream off;
            }
          }
        }
        """
        .formatted(WORKERS, keepalive, port);
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
    return Stream.concat(
            Stream.of(program, "-p", folder.toString(), "-c", "nginx.conf", "-e", "stderr"),
            Stream.of(more))
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

  Path pid() {
    return folder.resolve("nginx.pid");
  }

  int port() {
    return port;
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
    return new NginxFile(include(), split(), test, reload, new NginxWorkers(pid()), RealNginx::run);
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

  /**
   * It binds its port before it writes the file, where that of one that was killed may be still.
   */
  private boolean listens(Process started) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return Files.readString(pid()).strip().equals(Long.toString(started.pid()));
    } catch (IOException notYet) {
      return false;
    }
  }

  /** A worker that has not begun has its master's title, and takes no request yet. */
  private static long begun(Process started) {
    return started
        .descendants()
        .filter(
            worker -> {
              try {
                return Files.readString(Path.of("/proc", Long.toString(worker.pid()), "cmdline"))
                    .startsWith("nginx: worker process");
              } catch (IOException gone) {
                return false;
              }
            })
        .count();
  }

  /** Ends master and workers, as a crash of the machine does; leaves the port. */
  void kill() throws Exception {
    List<ProcessHandle> all = Stream.concat(workers(), Stream.of(process.toHandle())).toList();
    // The master first: it starts no other workers then.
    all.reversed().forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      each.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  /** Starts it once more, with the configuration that it finds. */
  void restart() throws Exception {
    process = launch();
  }

  /** The children of the master. */
  Stream<ProcessHandle> workers() {
    return process.descendants();
  }

  void stopServers() {
    stable.stop(0);
    canary.stop(0);
  }

  @Override
  public void close() {
    List<ProcessHandle> workers = workers().toList();
    // TERM lets the master end its workers, and their connections, at once.
    process.destroy();
    try {
      Stream.concat(workers.stream(), Stream.of(process.toHandle()))
          .forEach(each -> each.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    } catch (CompletionException late) {
      workers.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IllegalStateException("Nginx did not end within 10 s", late);
    } finally {
      stopServers();
    }
  }
}
