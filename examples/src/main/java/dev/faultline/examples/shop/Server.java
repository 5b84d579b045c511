package dev.faultline.examples.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * Serves one {@link Service} on the loopback address, with {@code /health} and {@code /metrics}.
 *
 * <p>Health speaks for this process alone: a service whose upstream is away is healthy, else one
 * crash would make a supervisor restart the whole chain.
 */
final class Server {
  private static final int BACKLOG = 256;
  private static final int WARM_UP_REQUESTS = 200;
  private static final int STOP_SECONDS = 1;

  private final HttpServer http;
  private final Service service;
  private volatile boolean warm;

  private Server(HttpServer http, Service service) {
    this.http = http;
    this.service = service;
  }

  static Server start(int port, String path, Service service) throws IOException {
    byte[] loopback = {127, 0, 0, 1};
    InetAddress address = InetAddress.getByAddress(loopback);
    HttpServer http = HttpServer.create(new InetSocketAddress(address, port), BACKLOG);
    Server server = new Server(http, service);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext(path, server::serve);
    http.createContext("/health", exchange -> send(exchange, server.health()));
    http.createContext("/metrics", server::metrics);
    http.start();
    server.warmUp();
    return server;
  }

  /**
   * Talks to itself until the JVM has compiled that: a cold service keeps its first callers
   * waiting.
   */
  private void warmUp() throws IOException {
    URL self =
        URI.create("http://127.0.0.1:%d/metrics".formatted(http.getAddress().getPort())).toURL();
    for (int i = 0; i < WARM_UP_REQUESTS; i++) {
      try (InputStream metrics = self.openStream()) {
        metrics.readAllBytes();
      }
    }
    warm = true;
  }

  private Reply health() {
    return warm ? new Reply(Reply.OK, "healthy") : new Reply(Reply.UNAVAILABLE, "warming up");
  }

  /** Takes no more connections, and lets the requests under way end. */
  void stop() {
    http.stop(STOP_SECONDS);
  }

  private void serve(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    Order order = Order.in(exchange.getRequestHeaders());
    Reply reply = answer(order);
    try {
      send(exchange, reply);
    } finally {
      service.metrics().served(order.user(), reply.code(), System.nanoTime() - start);
    }
  }

  private Reply answer(Order order) {
    try {
      return service.answer(order);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply(Reply.UNAVAILABLE, "stopping");
    } catch (RuntimeException e) {
      System.err.println("order " + order.id() + ": " + e);
      return new Reply(Reply.BROKEN, "internal error");
    }
  }

  private void metrics(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", Metrics.CONTENT_TYPE);
    send(exchange, new Reply(Reply.OK, service.metrics().text()));
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = (reply.text() + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.code(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
