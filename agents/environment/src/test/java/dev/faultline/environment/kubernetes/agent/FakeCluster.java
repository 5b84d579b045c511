package dev.faultline.environment.kubernetes.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.text.PacketOrder;
import dev.faultline.node.packet.text.ReadingText;
import dev.faultline.node.pod.PodOrders;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An API server with one pod at most, whose agent obeys at once, and that fails as a test says. */
final class FakeCluster implements AutoCloseable {

  static final PacketReading READING =
      new PacketReading(
          7, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ofMillis(1), Duration.ZERO, Duration.ZERO);

  private final HttpServer server;
  private final List<String> log = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();
  private @Nullable Pod pod;
  private PodOrders followed = PodOrders.first();
  private boolean failing;
  private int looksUnheard = 2;
  private boolean deaf;
  private boolean misses;

  FakeCluster() throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 9);
    server.createContext("/", this::serve);
    server.start();
  }

  KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder()
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .withRequestRetryBackoffLimit(0)
                .build())
        .build();
  }

  /** From now on writings get no proper answer, and come into force later or never. */
  synchronized void failWritings(boolean fail) {
    this.failing = fail;
  }

  /** From now on the agent says nothing. */
  synchronized void silenceAgent() {
    this.deaf = true;
  }

  /**
   * The agent does not see the next orders, but those after them: its node has newer ones by then.
   */
  synchronized void missOrders() {
    this.misses = true;
  }

  /** Whether orders were given that the agent did not see. */
  synchronized boolean hasMissed() {
    return !misses;
  }

  /** The agent's container ends without a word, though the pod goes on by another one. */
  synchronized void killAgent() {
    deaf = true;
    pod =
        new PodBuilder(pod)
            .editStatus()
            .addNewContainerStatus()
            .withName("sidecar")
            .withNewState()
            .withNewRunning()
            .endRunning()
            .endState()
            .endContainerStatus()
            .addNewContainerStatus()
            .withName("agent")
            .withNewState()
            .withNewTerminated()
            .withExitCode(137)
            .endTerminated()
            .endState()
            .endContainerStatus()
            .endStatus()
            .build();
  }

  synchronized void removePod() {
    this.pod = null;
  }

  /** Has a writing that was given up arrive late, and says whether it came into force. */
  synchronized boolean arriveLate() {
    return write(givenUp.removeFirst());
  }

  /** What the agent has in force. */
  synchronized PodOrders followed() {
    return followed;
  }

  synchronized Optional<Pod> pod() {
    return Optional.ofNullable(pod);
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String path = exchange.getRequestURI().getPath();
      switch (exchange.getRequestMethod()) {
        case "POST" -> reply(exchange, 201, create(body));
        case "PATCH" -> patch(exchange, body);
        case "DELETE" -> {
          pod = null;
          reply(exchange, 200, status(200, ""));
        }
        default -> {
          boolean unheard = path.endsWith("/log") && looksUnheard-- > 0;
          if (pod == null || unheard) {
            reply(exchange, 404, status(404, "not found"));
          } else {
            reply(exchange, 200, path.endsWith("/log") ? text() : Serialization.asJson(pod));
          }
        }
      }
    }
  }

  private String create(String body) {
    Pod asked = Serialization.unmarshal(body, Pod.class);
    pod =
        new PodBuilder(asked)
            .editMetadata()
            .withName(asked.getMetadata().getGenerateName() + "1")
            .withUid("uid-1")
            .endMetadata()
            .withNewStatus()
            .withPhase("Running")
            .endStatus()
            .build();
    log.add("ready faultline_run_1_1");
    return Serialization.asJson(pod);
  }

  private void patch(HttpExchange exchange, String body) throws IOException {
    if (pod == null) {
      reply(exchange, 404, status(404, "not found"));
    } else if (failing) {
      givenUp.add(body);
      reply(exchange, 500, status(500, "etcd is away"));
    } else if (write(body)) {
      reply(exchange, 200, Serialization.asJson(pod));
    } else {
      reply(exchange, 422, status(422, "testing a value failed"));
    }
  }

  /** A patch of JSON, of which tests and one new text of the annotation are known. */
  private boolean write(String body) {
    if (pod == null) {
      return false;
    }
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    for (Object step : Serialization.unmarshal(body, List.class)) {
      Map<?, ?> one = (Map<?, ?>) step;
      boolean ofUid = "/metadata/uid".equals(one.get("path"));
      String now = ofUid ? "uid-1" : annotations.getOrDefault(AgentManifest.ORDERS, "");
      if ("test".equals(one.get("op")) && !now.equals(one.get("value"))) {
        return false;
      }
      if ("add".equals(one.get("op"))) {
        annotations.put(AgentManifest.ORDERS, (String) one.get("value"));
      }
    }
    if (misses) {
      misses = false;
      return true;
    }
    obey(PodOrders.parse(annotations.getOrDefault(AgentManifest.ORDERS, "")));
    return true;
  }

  private void obey(PodOrders orders) {
    for (PacketOrder order : orders.since(followed)) {
      switch (order) {
        case PacketOrder.Put(String name, var _) -> log.add("in-force " + name);
        case PacketOrder.Remove(String name) -> log.add("removed " + name + " " + reading());
        case PacketOrder.Read() ->
            orders.faults().keySet().forEach(name -> log.add("reading " + name + " " + reading()));
        case PacketOrder.Renew() -> log.add("renewed");
        case PacketOrder.Mark(long number) -> log.add("marked " + number);
      }
    }
    followed = orders;
  }

  private static String reading() {
    return ReadingText.write(READING);
  }

  private String text() {
    return deaf ? "" : String.join("\n", log) + "\n";
  }

  private static String status(int code, String message) {
    return Serialization.asJson(new StatusBuilder().withCode(code).withMessage(message).build());
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
