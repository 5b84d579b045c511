package dev.faultline.environment.postgres;

import dev.faultline.environment.Await;
import dev.faultline.environment.lives.Lives;
import dev.faultline.model.environment.LabDatabase.Controller;
import dev.faultline.model.environment.LabDatabase.Fencing;
import dev.faultline.model.environment.LabDatabase.Postgres;
import dev.faultline.model.environment.LabDatabase.Replication;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Sighting.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A pair that was started for a test, and what it told. */
final class PairKit implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(10);
  static final Duration INTERVAL = Duration.ofMillis(200);

  final Lives lives = new Lives();
  final Queue<Sighting> told = new ConcurrentLinkedQueue<>();
  final Path folder;
  final PairPlan plan;
  final PostgresPair pair;

  private PairKit(Path folder, Postgres spec, ServerUser.Choice user) throws Exception {
    this.folder = Files.createDirectories(folder.resolve("lab"));
    Map<String, Integer> ports = new HashMap<>();
    for (String name : PairPlan.portNames("orders-db", spec)) {
      ports.put(name, PostgresKit.freePort());
    }
    this.plan = PairPlan.of("orders-db", spec, this.folder.resolve("orders-db"), ports::get);
    this.pair =
        new PostgresPair(plan, PostgresCommand.CACHE.resolveSibling(""), lives, told::add, user);
  }

  /** Starts a pair and its controller. */
  static PairKit start(Path folder, Postgres spec) throws Exception {
    return start(folder, spec, ServerUser::choose);
  }

  /** Starts a pair as a certain user, and its controller. */
  static PairKit start(Path folder, Postgres spec, ServerUser.Choice user) throws Exception {
    PairKit kit = new PairKit(folder, spec, user);
    try {
      kit.pair.start();
      kit.pair.watch();
      return kit;
    } catch (Exception failure) {
      kit.close();
      throw failure;
    }
  }

  static Postgres spec(Replication replication) {
    return spec(replication, Fencing.KILL, Duration.ofSeconds(20));
  }

  static Postgres spec(Replication replication, Fencing fencing, Duration promoteWithin) {
    return new Postgres(
        Optional.of(replication),
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new Controller(
                Optional.of(INTERVAL),
                Optional.of(3),
                Optional.of(promoteWithin),
                Optional.of(fencing))));
  }

  static Postgres alone() {
    return new Postgres(Optional.empty(), Optional.empty(), Optional.of(false), Optional.empty());
  }

  Effect fail(FailoverKind kind, String node) {
    return pair.failOver(new Action.FailOver("orders-db", node, kind));
  }

  NodeRole role(String node) {
    return pair.state().nodes().stream()
        .filter(one -> one.name().equals(node))
        .findFirst()
        .orElseThrow()
        .role();
  }

  void awaitRole(String node, NodeRole role) throws Exception {
    Await.until(node + " is " + role.words(), () -> role(node) == role);
  }

  void awaitTold(String beginning) throws Exception {
    Await.until(
        "told: " + beginning, () -> words().stream().anyMatch(word -> word.startsWith(beginning)));
  }

  List<String> words(Kind... kinds) {
    return told.stream()
        .filter(sighting -> kinds.length == 0 || List.of(kinds).contains(sighting.kind()))
        .map(Sighting::words)
        .toList();
  }

  void run(String statement) throws SQLException {
    try (Connection connection = pair.connect(PATIENCE);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  long number(String query) throws SQLException {
    try (Connection connection = pair.connect(PATIENCE)) {
      return number(connection, query);
    }
  }

  static long number(Connection connection, String query) throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** What is left of it on this machine. */
  List<String> remains() {
    return ProcessHandle.allProcesses()
        // In a container root sees only the arguments of another user's process.
        .filter(handle -> worksIn(handle.pid(), folder) || speaksOf(handle.pid(), folder))
        .map(ProcessHandle::toString)
        .toList();
  }

  static boolean worksIn(long pid, Path folder) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
          .startsWith(folder.toRealPath());
    } catch (IOException ended) {
      return false;
    }
  }

  private static boolean speaksOf(long pid, Path folder) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
          .contains(folder.toString());
    } catch (IOException ended) {
      return false;
    }
  }

  @Override
  public void close() {
    pair.announceEnd();
    try {
      lives.end();
      pair.end();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
