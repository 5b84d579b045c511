package dev.faultline.environment.patroni;

import dev.faultline.environment.postgres.Access;
import dev.faultline.environment.postgres.ServerReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at all servers of a cluster again and again, past the relays, for two that take writes at
 * the same time.
 */
final class TwoPrimaries implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final PatroniKit kit;
  private final AtomicBoolean two = new AtomicBoolean();
  private final AtomicInteger looks = new AtomicInteger();
  private final Thread thread;
  private volatile boolean over;

  private TwoPrimaries(PatroniKit kit) {
    this.kit = kit;
    this.thread = Thread.ofVirtual().unstarted(this::run);
  }

  static TwoPrimaries watch(PatroniKit kit) {
    TwoPrimaries probe = new TwoPrimaries(kit);
    probe.thread.start();
    return probe;
  }

  boolean sawTwo() {
    return two.get();
  }

  int looks() {
    return looks.get();
  }

  private void run() {
    while (!over) {
      // Twice: one that steps down between two questions was never beside the other.
      if (primaries().size() > 1 && primaries().size() > 1) {
        two.set(true);
      }
      looks.incrementAndGet();
    }
  }

  private List<PatroniPlan.NodePorts> primaries() {
    return kit.plan.nodes().stream().filter(this::takesWrites).toList();
  }

  private boolean takesWrites(PatroniPlan.NodePorts node) {
    try (Connection connection =
        new Access("postgres", password(node), "postgres").toServer(node.server(), PATIENCE)) {
      return ServerReport.over(connection).primary();
    } catch (SQLException silent) {
      return false;
    }
  }

  private String password(PatroniPlan.NodePorts node) {
    try {
      Path settings = PatroniNode.settingsIn(kit.plan.folder().resolve(node.node()));
      return new JsonMapper()
          .readTree(Files.readString(settings))
          .at("/postgresql/authentication/superuser/password")
          .asString();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
