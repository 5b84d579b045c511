package dev.faultline.environment.lab;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A program for labs: answers {@code /health} and {@code /metrics}.
 *
 * <p>Arguments: the port, then how it behaves: {@code sick} answers 503 to health checks, {@code
 * mute} has no metrics, {@code child} starts a program of its own.
 */
final class TinyService {

  private TinyService() {}

  /** Serves until it is killed. */
  public static void main(String[] arguments) throws IOException {
    List<String> manners = List.of(arguments);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(loopback, Integer.parseInt(arguments[0])), 0);
    if (manners.contains("child")) {
      new ProcessBuilder("sleep", "600").start();
    }
    System.out.println("serving on " + arguments[0]);
    answer(server, "/health", manners.contains("sick") ? 503 : 200, "health");
    answer(
        server,
        "/metrics",
        manners.contains("mute") ? 404 : 200,
        "http_requests_total{service=\"shown\",code=\"200\"} 7\nplain_total 1\n");
    server.start();
  }

  private static void answer(HttpServer server, String path, int status, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}
