package dev.faultline.environment.route;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.faultline.environment.Await;
import dev.faultline.environment.FreePort;
import dev.faultline.environment.lives.SearchPath;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.route.Sticky;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Nginx, of a folder and a port of its own, before two small servers. */
final class RealNginx implements AutoCloseable {

  /** The header of an answer that names its server. */
  static final String SERVER = "x-server";

  private static final int WORKERS = 2;

  private final Path folder;
  private final String program;
  private final int port;
  private final List<HttpServer> stable;
  private final List<HttpServer> canary;
  private final Setup setup;
  private Process process;

  /**
   * How it differs from others.
   *
   * @param keepalive how long idle connections of clients are kept
   * @param nextUpstream when another server is asked
   * @param servers of each version
   * @param host what its configuration calls this machine
   * @param sticky by what users stay at a version
   */
  record Setup(
      String keepalive, String nextUpstream, int servers, String host, Optional<Sticky> sticky) {

    static final Setup USUAL = new Setup("75s", "off", 1, "127.0.0.1", Optional.empty());

    Setup keepalive(String time) {
      return new Setup(time, nextUpstream, servers, host, sticky);
    }

    Setup nextUpstream(String when) {
      return new Setup(keepalive, when, servers, host, sticky);
    }

    Setup servers(int number) {
      return new Setup(keepalive, nextUpstream, number, host, sticky);
    }

    Setup host(String name) {
      return new Setup(keepalive, nextUpstream, servers, name, sticky);
    }

    Setup sticky(Sticky by) {
      return new Setup(keepalive, nextUpstream, servers, host, Optional.of(by));
    }
  }

  private RealNginx(Path folder, String program, Setup setup) throws Exception {
    this.folder = folder;
    this.program = program;
    this.setup = setup;
    this.port = FreePort.choose();
    this.stable = serve("old", setup.servers());
    this.canary = serve("new", setup.servers());
    Files.writeString(include(), split().text(NginxShift.NOTHING));
    Files.writeString(folder.resolve("nginx.conf"), written());
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
    return start(folder, Setup.USUAL);
  }

  static RealNginx start(Path folder, Setup setup) throws Exception {
    return new RealNginx(folder, program(), setup);
  }

  /** The Nginx of this machine; without one the test is skipped. */
  static String program() {
    Optional<Path> program = SearchPath.ofThisProcess().withServers().find("nginx");
    assumeTrue(program.isPresent(), "needs nginx");
    return program.get().toString();
  }

  private String written() {
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
              proxy_next_upstream %s;
            }
          }
        }
        """
        .formatted(WORKERS, setup.keepalive(), port, setup.nextUpstream());
  }

  private static List<HttpServer> serve(String body, int number) throws IOException {
    List<HttpServer> servers = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      servers.add(serve(body));
    }
    return servers;
  }

  private static HttpServer serve(String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add(SERVER, address("", server));
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
    return new NginxSplit("orders", addresses(stable), addresses(canary), setup.sticky());
  }

  private List<String> addresses(List<HttpServer> servers) {
    return servers.stream().map(server -> address(setup.host(), server)).toList();
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

  private static String address(String host, HttpServer server) {
    return host + ":" + server.getAddress().getPort();
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
    stable.forEach(server -> server.stop(0));
    stopCanary();
  }

  void stopCanary() {
    canary.forEach(server -> server.stop(0));
  }

  void stopOneOfStable() {
    stable.getFirst().stop(0);
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
