package dev.faultline.environment.notice;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who is told: a hook that keeps what it hears, and what Grafana says it does with annotations (its
 * program is in no registry).
 */
final class Listeners implements AutoCloseable {

  /** A request that came. */
  record Heard(String method, String path, Headers headers, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final Deque<Integer> refusals = new ArrayDeque<>();
  private final ArrayNode annotations = Wire.JSON.createArrayNode();

  private Listeners(HttpServer server) {
    this.server = server;
    server.createContext("/hook", this::hear);
    server.createContext("/api/annotations", this::annotate);
    server.setExecutor(threads);
    server.start();
  }

  static Listeners start() throws IOException {
    return new Listeners(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Heard> heard() {
    return List.copyOf(heard);
  }

  synchronized JsonNode annotations() {
    return annotations.deepCopy();
  }

  /** The next requests are answered with these codes. */
  synchronized Listeners refusing(Integer... codes) {
    refusals.addAll(List.of(codes));
    return this;
  }

  private synchronized void hear(HttpExchange exchange) throws IOException {
    var _ = keep(exchange);
    Integer code = refusals.poll();
    answer(exchange, code == null ? 200 : code, "ok");
  }

  private String keep(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    heard.add(
        new Heard(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders(),
            body));
    return body;
  }

  private synchronized void annotate(HttpExchange exchange) throws IOException {
    String body = keep(exchange);
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        ObjectNode mark = (ObjectNode) Wire.JSON.readTree(body);
        annotations.add(mark.put("id", annotations.size() + 7));
        answer(exchange, 200, "{\"message\":\"Annotation added\"}");
      }
      case "PATCH" -> {
        String path = exchange.getRequestURI().getPath();
        int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        ((ObjectNode) annotations.get(id - 7)).setAll((ObjectNode) Wire.JSON.readTree(body));
        answer(exchange, 200, "{\"message\":\"Annotation patched\"}");
      }
      default -> answer(exchange, 200, found(exchange.getRequestURI().getRawQuery()).toString());
    }
  }

  /** All tags must be there, and the time between the two. */
  private ArrayNode found(String query) {
    ArrayNode found = Wire.JSON.createArrayNode();
    for (JsonNode mark : annotations) {
      boolean meant = true;
      for (String pair : query.split("&")) {
        String value =
            URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8);
        meant &=
            switch (pair.substring(0, pair.indexOf('='))) {
              case "tags" -> mark.path("tags").toString().contains("\"" + value + "\"");
              case "from" -> mark.path("time").asLong() >= Long.parseLong(value);
              case "to" -> mark.path("time").asLong() <= Long.parseLong(value);
              default -> true;
            };
      }
      if (meant) {
        found.add(mark);
      }
    }
    return found;
  }

  private static void answer(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
