package dev.faultline.environment.patroni;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The lock in etcd that makes a node the leader.
 *
 * @param http asks etcd
 * @param port where etcd listens
 * @param cluster the name of the cluster
 */
record LeaderLock(Loopback http, int port, String cluster) {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * The node that holds it.
   *
   * @return empty when nobody does
   * @throws IOException when etcd does not say
   */
  Optional<String> holder() throws IOException, InterruptedException {
    return holder(ask("leader"));
  }

  /**
   * Whether a node has begun to make the cluster, which no other node does then.
   *
   * @throws IOException when etcd does not say
   */
  boolean isClaimed() throws IOException, InterruptedException {
    return !ask("initialize").at("/kvs/0").isMissingNode();
  }

  private JsonNode ask(String key) throws IOException, InterruptedException {
    String name = base64("/service/%s/%s".formatted(cluster, key));
    Loopback.Said said =
        http.post(port, "/v3/kv/range", Map.of("key", name), Optional.empty(), PATIENCE);
    if (said.status() != 200) {
      throw new IOException("etcd answered %d: %s".formatted(said.status(), said.text()));
    }
    return said.json();
  }

  /** Reads an answer of etcd to the question for the key. */
  static Optional<String> holder(JsonNode answer) throws IOException {
    String value = answer.at("/kvs/0/value").asString("");
    try {
      return Optional.of(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
          .filter(name -> !name.isEmpty());
    } catch (IllegalArgumentException garbled) {
      throw new IOException("etcd answered something else", garbled);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
