package dev.faultline.environment.patroni;

import dev.faultline.environment.Await;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.environment.LabDatabase.Patroni;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Sighting.Kind;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Assumptions;

/** A cluster that was started for a test, and what it told. */
final class PatroniKit implements AutoCloseable {

  /** Shared by tests, as fetching takes long. */
  static final Path CACHE = Path.of("target", "lab-cache").toAbsolutePath();

  static final Duration PATIENCE = Duration.ofSeconds(10);

  final Lives lives = new Lives();
  final Queue<Sighting> told = new ConcurrentLinkedQueue<>();
  final Path folder;
  final PatroniPlan plan;
  final PatroniCluster cluster;

  PatroniKit(Path folder, Patroni spec) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("lab"));
    Map<String, Integer> ports = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (String name : PatroniPlan.portNames("orders-db", spec)) {
      int port = freePort();
      while (!taken.add(port)) {
        port = freePort();
      }
      ports.put(name, port);
    }
    this.plan = PatroniPlan.of("orders-db", spec, this.folder.resolve("orders-db"), ports::get);
    this.cluster = new PatroniCluster(plan, CACHE, lives, told::add);
  }

  /** Starts a cluster and its watch; skips the test where its programs are not to be had. */
  static PatroniKit start(Path folder, Patroni spec) throws Exception {
    requirePrograms(folder);
    PatroniKit kit = new PatroniKit(folder, spec);
    try {
      kit.cluster.start();
      kit.cluster.watch();
      return kit;
    } catch (Exception failure) {
      kit.close();
      throw failure;
    }
  }

  /** Skips the test, with the reason, where the programs are not to be had. */
  static void requirePrograms(Path folder) throws Exception {
    Lives lives = new Lives();
    try {
      Shelf shelf = new Shelf(CACHE, new Tools(lives, folder), words -> {});
      PatroniSearch.ofThisMachine(shelf).find();
      ServerSearch.ofThisMachine(shelf).find();
      EtcdProgram.ofThisMachine(shelf).find();
    } catch (NotReady missing) {
      Assumptions.abort("needs Patroni: " + missing.getMessage());
    } finally {
      lives.end();
    }
  }

  /** A cluster whose agents act as fast as Patroni allows. */
  static Patroni fast(int nodes, boolean synchronous, Optional<Duration> primaryStartTimeout) {
    return new Patroni(
        Optional.of(nodes),
        Optional.of(Duration.ofSeconds(20)),
        Optional.of(Duration.ofSeconds(1)),
        Optional.of(Duration.ofSeconds(3)),
        Optional.of(synchronous),
        primaryStartTimeout);
  }

  Effect fail(FailoverKind kind, String node) {
    return cluster.failOver(new Action.FailOver("orders-db", node, kind));
  }

  NodeRole role(String node) {
    return cluster.state().nodes().stream()
        .filter(one -> one.name().equals(node))
        .findFirst()
        .orElseThrow()
        .role();
  }

  boolean follows(String node) {
    return cluster.state().nodes().stream()
        .anyMatch(one -> one.name().equals(node) && one.streaming());
  }

  void awaitTold(Kind kind) throws Exception {
    Await.until("told " + kind, () -> !words(kind).isEmpty());
  }

  List<String> words(Kind... kinds) {
    return told.stream()
        .filter(sighting -> List.of(kinds).contains(sighting.kind()))
        .map(Sighting::words)
        .toList();
  }

  void signalAgent(String node, String signal) {
    String process =
        cluster.process(PatroniPlan.agent(node)).orElseThrow().process().orElseThrow().identity();
    ProcessIdentity.parse(process).signal(PosixSignal.valueOf(signal));
  }

  void run(String statement) throws SQLException {
    try (Connection connection = cluster.connect(PATIENCE);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  long number(String query) throws SQLException {
    try (Connection connection = cluster.connect(PATIENCE);
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** What lives in a folder on this machine. */
  static List<String> livingIn(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(handle -> worksIn(handle.pid(), folder))
        .map(handle -> handle + " " + handle.info().commandLine().orElse(""))
        .toList();
  }

  private static boolean worksIn(long pid, Path folder) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
          .startsWith(folder.toRealPath());
    } catch (IOException ended) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    cluster.announceEnd();
    try {
      lives.end();
      cluster.end();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
