package dev.faultline.operator.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Answers whether the operator lives ({@code /healthz}), whether it knows its objects ({@code
 * /readyz}), and with its figures ({@code /metrics}). It takes no orders.
 */
public final class Health implements AutoCloseable {

  private static final int FINE = 200;
  private static final int NOT_YET = 503;
  private static final int UNKNOWN = 404;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Begins to answer.
   *
   * @param port 0 for any that is free
   * @throws IOException when the port is taken
   */
  public Health(int port, BooleanSupplier live, BooleanSupplier ready, Figures figures)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(threads);
    var _ =
        server.createContext(
            "/",
            asked -> {
              switch (asked.getRequestURI().getPath()) {
                case "/healthz" -> answer(asked, live.getAsBoolean());
                case "/readyz" -> answer(asked, ready.getAsBoolean());
                case "/metrics" -> answer(asked, FINE, figures.text());
                default -> answer(asked, UNKNOWN, "not here\n");
              }
            });
    server.start();
  }

  /** The port that it answers on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange asked, boolean so) throws IOException {
    answer(asked, so ? FINE : NOT_YET, so ? "ok\n" : "not yet\n");
  }

  private static void answer(HttpExchange asked, int code, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    try (asked) {
      asked.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      asked.sendResponseHeaders(code, bytes.length);
      asked.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
