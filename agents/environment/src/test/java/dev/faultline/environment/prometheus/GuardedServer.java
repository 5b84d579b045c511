package dev.faultline.environment.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * What stands before a Prometheus in real installations: HTTPS that may want a certificate, a path
 * of its own, credentials, a tenant, and answers that are compressed. It gives out tokens, too.
 */
public final class GuardedServer implements AutoCloseable {

  /** Who answers what was let through. */
  public interface Behind {
    /** The body of an answer. */
    byte[] answer(String method, String pathAndQuery, byte[] body) throws IOException;
  }

  /** Where Prometheus is found. */
  public static final String PREFIX = "/tenants/shop";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Behind behind;
  private final boolean secure;
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile String tokenAnswer = "{\"access_token\":\"TOKEN\",\"expires_in\":3600}";

  private GuardedServer(HttpServer server, Behind behind, boolean secure) {
    this.server = server;
    this.behind = behind;
    this.secure = secure;
    server.createContext(PREFIX + "/api/v1/", this::guard);
    server.createContext("/token", this::giveToken);
    server.setExecutor(threads);
    server.start();
  }

  /** In the clear. */
  public static GuardedServer plain(Behind behind) throws IOException {
    return new GuardedServer(HttpServer.create(address(), 0), behind, false);
  }

  /** With certificates of both sides. */
  public static GuardedServer mutual(SSLContext context, Behind behind) throws IOException {
    HttpsServer server = HttpsServer.create(address(), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters all = context.getDefaultSSLParameters();
            all.setNeedClientAuth(true);
            parameters.setSSLParameters(all);
          }
        });
    return new GuardedServer(server, behind, true);
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Lets a value of the header Authorization through; without any, everybody. */
  public GuardedServer accepting(String authorization) {
    accepted.add(authorization);
    return this;
  }

  /** Refuses what was let through before. */
  void refuse(String authorization) {
    accepted.remove(authorization);
  }

  /** What tokens are given out as; TOKEN stands for a new one. */
  void answerTokens(String answer) {
    tokenAnswer = answer;
  }

  /** The address of Prometheus. */
  public String url() {
    return root() + PREFIX;
  }

  String tokenUrl() {
    return root() + "/token";
  }

  private String root() {
    return (secure ? "https" : "http") + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Each request: method, path, credentials, tenant. */
  List<String> seen() {
    return seen;
  }

  int tokensGiven() {
    return tokens.get();
  }

  private void guard(HttpExchange exchange) throws IOException {
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    seen.add(
        "%s %s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                authorization,
                exchange.getRequestHeaders().getFirst("X-Scope-OrgID")));
    byte[] asked = exchange.getRequestBody().readAllBytes();
    if (!accepted.isEmpty() && !accepted.contains(authorization)) {
      send(exchange, 401, "who are you?".getBytes(UTF_8));
      return;
    }
    String path = exchange.getRequestURI().toString().substring(PREFIX.length());
    byte[] answer = behind.answer(exchange.getRequestMethod(), path, asked);
    exchange.getResponseHeaders().add("Content-Encoding", "gzip");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(answer);
    }
    send(exchange, 200, packed.toByteArray());
  }

  private void giveToken(HttpExchange exchange) throws IOException {
    seen.add(
        "%s %s"
            .formatted(
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    String token = "token-" + tokens.incrementAndGet();
    accepted.add("Bearer " + token);
    boolean gives = tokenAnswer.contains("TOKEN");
    send(exchange, gives ? 200 : 400, tokenAnswer.replace("TOKEN", token).getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
