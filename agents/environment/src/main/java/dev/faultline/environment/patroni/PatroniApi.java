package dev.faultline.environment.patroni;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The REST interface of the agent of one node.
 *
 * @param http asks it
 * @param port where it listens
 * @param login for what changes something
 */
record PatroniApi(Loopback http, int port, Loopback.Login login) {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  // Patroni gives up earlier by itself.
  private static final Duration SWITCHED_WITHIN = Duration.ofSeconds(60);
  private static final List<String> SETTINGS =
      List.of("ttl", "loop_wait", "retry_timeout", "synchronous_mode", "primary_start_timeout");

  /**
   * A node as the cluster lists it.
   *
   * @param role such as {@code leader}, {@code replica} or {@code sync_standby}
   * @param state such as {@code running}, {@code streaming} or {@code starting}
   */
  record Listed(String name, String role, String state) {}

  /**
   * What the agent says its server does, such as {@code running}, {@code starting} or {@code
   * crashed}; {@code unknown} while it has not noticed that the server does not answer.
   */
  String serverState() throws IOException, InterruptedException {
    return http.get(port, "/patroni", PATIENCE).json().path("state").asString("unknown");
  }

  /** The nodes that the cluster knows. */
  List<Listed> cluster() throws IOException, InterruptedException {
    return cluster(http.get(port, "/cluster", PATIENCE).json());
  }

  static List<Listed> cluster(JsonNode answer) {
    List<Listed> nodes = new ArrayList<>();
    for (JsonNode member : answer.path("members")) {
      nodes.add(
          new Listed(
              member.path("name").asString(""),
              member.path("role").asString(""),
              member.path("state").asString("")));
    }
    return nodes;
  }

  /** What decides about time and loss, as the whole cluster has it: by names of Patroni's. */
  Map<String, String> settings() throws IOException, InterruptedException {
    return settings(http.get(port, "/config", PATIENCE).json());
  }

  static Map<String, String> settings(JsonNode answer) {
    Map<String, String> settings = new TreeMap<>();
    for (String name : SETTINGS) {
      JsonNode value = answer.path(name);
      if (value.isValueNode()) {
        settings.put("patroni." + name, value.asString());
      }
    }
    return settings;
  }

  /**
   * Lets another node lead, and waits for it.
   *
   * @return what Patroni says about it
   * @throws IOException when it refuses, or does not say in time
   */
  String switchOver(String leader) throws IOException, InterruptedException {
    Loopback.Said said =
        http.post(
            port, "/switchover", Map.of("leader", leader), Optional.of(login), SWITCHED_WITHIN);
    if (said.status() != 200) {
      throw new IOException("Patroni refused (%d): %s".formatted(said.status(), said.text()));
    }
    return said.text();
  }
}
