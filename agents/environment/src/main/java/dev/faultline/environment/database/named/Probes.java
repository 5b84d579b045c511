package dev.faultline.environment.database.named;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the nodes of a database, each by a connection of its own. */
final class Probes {

  private Probes() {}

  /** All of them at once; one that takes longer than twice the time is silent. */
  static List<NodeProbe> of(Address address, Duration patience) {
    Map<String, CompletableFuture<NodeProbe>> asked = new LinkedHashMap<>();
    for (String node : address.nodes()) {
      CompletableFuture<NodeProbe> answer = new CompletableFuture<>();
      asked.put(node, answer);
      Thread.startVirtualThread(() -> answer.complete(one(address, node, patience)));
    }
    long deadline = System.nanoTime() + patience.multipliedBy(2).toNanos();
    List<NodeProbe> probes = new ArrayList<>();
    asked.forEach((node, answer) -> probes.add(await(node, answer, deadline)));
    return probes;
  }

  private static NodeProbe await(String node, CompletableFuture<NodeProbe> answer, long deadline) {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException late) {
      return NodeProbe.silent(node, "no answer in time");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return NodeProbe.silent(node, "interrupted");
    }
  }

  /** One of them. */
  static NodeProbe one(Address address, String node, Duration patience) {
    try (Connection connection = address.node(node, patience)) {
      return NodeProbe.of(node, connection);
    } catch (SQLException failure) {
      return NodeProbe.silent(node, failure);
    }
  }
}
