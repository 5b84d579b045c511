package dev.faultline.environment.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.faultline.model.codec.Codec;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API server that keeps objects by their paths, takes merge patches of the newest version alone,
 * and fails when its test wants it to.
 */
final class FakeApiServer implements AutoCloseable {

  private static final Pattern COLLECTION =
      Pattern.compile(
          ".*/(pods|nodes|replicasets|deployments|statefulsets|daemonsets|services|configmaps|leases|jobs|events|horizontalpodautoscalers|endpointslices)");

  /** An answer in place of the usual one. */
  record Answer(int status, String body, Map<String, String> headers) {
    Answer(int status, String body) {
      this(status, body, Map.of());
    }
  }

  /** What a request, by its method and path, meets; the usual where it is empty. */
  interface Trick {
    Optional<Answer> meet(String request) throws Exception;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Trick trick = _ -> Optional.empty();
  private volatile boolean compresses;

  FakeApiServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  Api api() {
    return api("shop");
  }

  /** The same with another namespace, where objects are not looked for by themselves. */
  Api api(String namespace) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .build();
    return new Api(config, Optional.of(namespace));
  }

  /** Adds an object. */
  synchronized void put(String path, String json) {
    objects.put(path, (ObjectNode) Codec.json().readTree(json.replace('\'', '"')));
  }

  /** Somebody else changes an object. */
  synchronized void change(String path, String patch) {
    merge(path, Codec.json().readTree(patch.replace('\'', '"')));
  }

  /** Somebody else writes an annotation. */
  synchronized void annotate(String path, String name, String text) {
    ObjectNode patch = Codec.json().createObjectNode();
    patch.withObject("/metadata/annotations").put(name, text);
    merge(path, patch);
  }

  /** An object as it is. */
  synchronized JsonNode object(String path) {
    return Optional.ofNullable(objects.get(path)).orElseThrow();
  }

  void meet(Trick next) {
    trick = next;
  }

  /** From now on compresses what it answers to who takes that. */
  void compress() {
    compresses = true;
  }

  /** Each as method, path and body. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(request + " " + body);
      Answer answer = trick.meet(request).orElseGet(() -> usual(exchange, body));
      byte[] bytes = encoded(exchange, answer);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      answer.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException | RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IOException(failure);
    }
  }

  private byte[] encoded(HttpExchange exchange, Answer answer) throws IOException {
    byte[] plain = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean asked = "gzip".equals(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
    if (!compresses || !asked || !answer.headers().isEmpty()) {
      return plain;
    }
    exchange.getResponseHeaders().add("Content-Encoding", "gzip");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream compressed = new GZIPOutputStream(bytes)) {
      compressed.write(plain);
    }
    return bytes.toByteArray();
  }

  private synchronized Answer usual(HttpExchange exchange, String body) {
    String path = exchange.getRequestURI().getPath();
    return switch (exchange.getRequestMethod()) {
      case "GET" -> get(path, selector(exchange).and(byField(exchange)));
      case "PATCH" -> patch(path, Codec.json().readTree(body));
      case "DELETE" -> delete(path, Codec.json().readTree(body));
      case "POST" -> make(path, Codec.json().readTree(body));
      default -> status(405, "what is this?");
    };
  }

  private Answer get(String path, Predicate<JsonNode> selector) {
    if (objects.containsKey(path)) {
      return new Answer(200, objects.get(path).toString());
    }
    List<ObjectNode> below = new ArrayList<>();
    objects.forEach(
        (name, object) -> {
          String list = name.substring(0, name.lastIndexOf('/'));
          if (list.equals(path) || list.replaceFirst("/namespaces/[^/]+", "").equals(path)) {
            below.add(object);
          }
        });
    if (!COLLECTION.matcher(path).matches() && below.isEmpty()) {
      return status(404, "not found");
    }
    ObjectNode list = Codec.json().createObjectNode();
    ArrayNode items = list.putArray("items");
    below.stream().filter(selector).forEach(items::add);
    return new Answer(200, list.toString());
  }

  /** Labels that must be there, or have a value. */
  private static Predicate<JsonNode> selector(HttpExchange exchange) {
    Matcher asked =
        Pattern.compile("labelSelector=([^&]*)")
            .matcher(Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
    if (!asked.find()) {
      return _ -> true;
    }
    List<String> rules = List.of(asked.group(1).split(","));
    return object ->
        rules.stream()
            .allMatch(
                rule -> {
                  String[] parts = rule.split("=");
                  JsonNode label = object.path("metadata").path("labels").path(parts[0]);
                  return parts.length == 1
                      ? !label.isMissingNode()
                      : parts[1].equals(label.asString(""));
                });
  }

  /** One field that must have a value, or another. */
  private static Predicate<JsonNode> byField(HttpExchange exchange) {
    Matcher asked =
        Pattern.compile("fieldSelector=([a-zA-Z.]+)(!?)=([^&]*)")
            .matcher(Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
    if (!asked.find()) {
      return _ -> true;
    }
    String field = "/" + asked.group(1).replace('.', '/');
    return object ->
        object.at(field).asString("").equals(asked.group(3)) == asked.group(2).isEmpty();
  }

  private Answer patch(String path, JsonNode patch) {
    if (!objects.containsKey(path)) {
      return status(404, "not found");
    }
    JsonNode wanted = patch.path("metadata").path("resourceVersion");
    JsonNode now = object(path).path("metadata").path("resourceVersion");
    if (!wanted.isMissingNode() && !wanted.equals(now)) {
      return status(409, "the object has been modified");
    }
    merge(path, patch);
    return new Answer(200, object(path).toString());
  }

  private Answer make(String path, JsonNode object) {
    String name = path + "/" + object.path("metadata").path("name").asString("");
    if (objects.containsKey(name)) {
      return status(409, "already exists");
    }
    objects.put(name, (ObjectNode) object);
    objects.get(name).withObject("/metadata").put("uid", "made-" + objects.size());
    return new Answer(201, object(name).toString());
  }

  private Answer delete(String path, JsonNode options) {
    if (!objects.containsKey(path)) {
      return status(404, "not found");
    }
    JsonNode uid = object(path).path("metadata").path("uid");
    JsonNode meant = options.path("preconditions").path("uid");
    if (!meant.isMissingNode() && !meant.equals(uid)) {
      return status(409, "the UID in the precondition does not match");
    }
    objects.remove(path);
    return status(200, "deleted");
  }

  private void merge(String path, JsonNode patch) {
    ObjectNode object = (ObjectNode) object(path);
    int version = object.path("metadata").path("resourceVersion").asInt(0);
    merge(object, patch);
    object.withObject("/metadata").put("resourceVersion", Integer.toString(version + 1));
  }

  private static void merge(ObjectNode into, JsonNode patch) {
    patch
        .properties()
        .forEach(
            one -> {
              if (one.getValue().isNull()) {
                into.remove(one.getKey());
              } else if (one.getValue().isObject()) {
                ObjectNode below =
                    into.path(one.getKey()).isObject()
                        ? (ObjectNode) into.path(one.getKey())
                        : into.putObject(one.getKey());
                merge(below, one.getValue());
              } else {
                into.set(one.getKey(), one.getValue());
              }
            });
  }

  static Answer status(int code, String message) {
    return new Answer(
        code,
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":%d,\"message\":\"%s\"}"
            .formatted(code, message));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
