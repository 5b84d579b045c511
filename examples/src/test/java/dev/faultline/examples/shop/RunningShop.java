package dev.faultline.examples.shop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** The four services as processes of their own; {@link #close} leaves none behind. */
final class RunningShop implements AutoCloseable {
  static final List<String> SERVICES = List.of("gateway", "orders", "inventory", "payments");

  /** Settings under which a busy machine does not look like a broken one. */
  static final Map<String, String> PATIENT =
      Map.of(
          "ORDERS_ATTEMPT_MS", "4500",
          "ORDERS_DEADLINE_MS", "4500",
          "INVENTORY_ATTEMPT_MS", "2000",
          "INVENTORY_DEADLINE_MS", "2000",
          "PAYMENTS_ATTEMPT_MS", "2000",
          "PAYMENTS_DEADLINE_MS", "2000");

  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(10);

  private final Map<String, String> settings;
  private final Map<String, Integer> ports = new HashMap<>();
  private final Map<String, Process> processes = new HashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RunningShop(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
    for (String service : SERVICES) {
      ports.put(service, freePort(ports.values()));
    }
  }

  static RunningShop open(Map<String, String> settings) throws IOException {
    RunningShop shop = new RunningShop(settings);
    try {
      for (String service : SERVICES) {
        shop.start(service);
      }
      for (String service : SERVICES) {
        shop.awaitHealth(service);
      }
      return shop;
    } catch (IOException | RuntimeException | AssertionError e) {
      shop.close();
      throw e;
    }
  }

  /** A JVM with the shop on its class path, not started yet. */
  static ProcessBuilder command(String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    var command =
        new ProcessBuilder(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp");
    command.command().add(classPath);
    command.command().add(Shop.class.getName());
    command.command().addAll(List.of(arguments));
    command.environment().remove("JAVA_TOOL_OPTIONS"); // the JVM would print it
    return command;
  }

  void start(String service) throws IOException {
    ProcessBuilder command = command(service);
    Map<String, String> environment = command.environment();
    environment.put("PORT", Integer.toString(port(service)));
    environment.put("ORDERS_URL", "http://127.0.0.1:" + port("orders"));
    environment.put("INVENTORY_URL", "http://127.0.0.1:" + port("inventory"));
    environment.put("PAYMENTS_URL", "http://127.0.0.1:" + port("payments"));
    environment.putAll(settings);
    command.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    command.redirectError(ProcessBuilder.Redirect.INHERIT);
    processes.put(service, command.start());
  }

  void awaitHealth(String service) {
    Await.until(service + " is healthy", () -> get(service, "/health").statusCode() == 200);
  }

  Process process(String service) {
    return Objects.requireNonNull(processes.get(service), service);
  }

  void kill(String service) throws InterruptedException {
    process(service).destroyForcibly().waitFor();
  }

  void signal(String service, String signal) throws IOException, InterruptedException {
    String pid = Long.toString(process(service).pid());
    if (new ProcessBuilder("kill", "-" + signal, pid).start().waitFor() != 0) {
      throw new IOException("cannot send " + signal + " to " + service);
    }
  }

  /** A connection of its own, on which nothing waits for longer than a client would. */
  Socket connect(String service) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(service));
    socket.setSoTimeout((int) CLIENT_TIMEOUT.toMillis());
    return socket;
  }

  HttpResponse<String> checkout() throws IOException, InterruptedException {
    return get("gateway", "/checkout");
  }

  HttpResponse<String> checkoutAs(String user) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri("gateway", Gateway.PATH)).header(Order.USER, user));
  }

  /** Gives orders an order of this name. */
  HttpResponse<String> order(String name) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri("orders", Orders.PATH))
            .POST(BodyPublishers.noBody())
            .header(Order.ID, name));
  }

  HttpResponse<String> get(String service, String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(service, path)));
  }

  private URI uri(String service, String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(port(service), path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.timeout(CLIENT_TIMEOUT).build(), BodyHandlers.ofString());
  }

  /** The value of one series, written as Prometheus writes it but without the comma at the end. */
  double metric(String service, String series) throws IOException, InterruptedException {
    String start = series.replace("}", ",} ");
    return get(service, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + series));
  }

  @Override
  public void close() {
    processes.values().forEach(Process::destroyForcibly);
    processes.values().forEach(process -> process.onExit().join());
    client.shutdownNow();
  }

  private int port(String service) {
    return Objects.requireNonNull(ports.get(service), service);
  }

  /**
   * Below the ports that the kernel gives to outgoing connections, which could take it meanwhile.
   */
  static int freePort(Collection<Integer> taken) {
    return ThreadLocalRandom.current()
        .ints(100, 20_000, 30_000)
        .filter(port -> !taken.contains(port) && isFree(port))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
