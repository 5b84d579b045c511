package dev.faultline.environment.patroni;

import dev.faultline.environment.Await;
import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.NotReady;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.json.JsonMapper;

/**
 * PostgreSQL under Patroni in two pods of a cluster: {@code orders-0} and {@code orders-1}, each
 * behind a service of its own. The label {@code role=primary} is the leader's.
 */
public final class PatroniPods {

  /** Of the superuser, and of who owns the database. */
  public static final String PASSWORD = "0rders-of-the-pods";

  /** Who may write to the database {@code orders}. */
  public static final String USER = "faultline";

  private static final Duration COPIED_WITHIN = Duration.ofMinutes(2);
  private static final Duration READY_WITHIN = Duration.ofMinutes(4);
  private static final String NAME = "orders";

  private final KubernetesClient client;
  private final String namespace;

  private PatroniPods(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Where the data of a pod lie. */
  public enum Data {
    /** With the pod: one that is replaced begins empty. */
    ENDS_WITH_POD,
    /** On the node: one that is replaced finds what it had. */
    STAYS
  }

  /**
   * Starts them in a namespace of their own and waits until the standby is synchronous; skips the
   * test where the programs are not to be had.
   *
   * @param cache where programs are kept that are not installed
   * @param folder keeps what the pods read and write
   */
  public static PatroniPods start(
      TestCluster cluster, String namespace, Path cache, Path folder, Data data) throws Exception {
    String manifest = manifest(cache, folder, data);
    KubernetesClient client = cluster.client();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    Await.until(
        "the namespace has its account",
        () -> client.serviceAccounts().inNamespace(namespace).withName("default").get() != null);
    client
        .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
        .inNamespace(namespace)
        .create();
    PatroniPods pods = new PatroniPods(client, namespace);
    pods.awaitWhole();
    pods.run(
        "postgres",
        "create role %s login password '%s' in role pg_monitor".formatted(USER, PASSWORD));
    pods.run("postgres", "create database %s owner %s".formatted(NAME, USER));
    return pods;
  }

  private static String manifest(Path cache, Path folder, Data data) throws Exception {
    Lives lives = new Lives();
    try {
      Tools tools = new Tools(lives, folder);
      Shelf shelf = new Shelf(cache, tools, words -> {});
      PatroniProgram patroni = PatroniSearch.ofThisMachine(shelf).find();
      ServerPrograms servers = ServerSearch.ofThisMachine(shelf).find();
      PodFiles files = PodFiles.of(folder, tools);
      files.mount(Path.of("/usr"));
      files.mount(Path.of("/lib"));
      files.mount(Path.of("/lib64"));
      for (Path program : List.of(Path.of(patroni.argv().getFirst()), servers.bin())) {
        files.mount(installation(program));
      }
      String pythonPath = patroni.environment().getOrDefault("PYTHONPATH", "");
      if (!pythonPath.isEmpty()) {
        files.copy(Path.of(pythonPath), COPIED_WITHIN);
      }
      if (servers.bin().startsWith(cache)) {
        files.copy(cache.resolve("postgresql/debian"), COPIED_WITHIN);
      }
      files.data(data == Data.STAYS);
      List<String> command = new ArrayList<>(patroni.argv());
      command.add("/etc/patroni/patroni.yml");
      return filled(
          Map.of(
              "bin", servers.bin().toString(),
              "password", PASSWORD,
              "command", json(command),
              "pythonPath", pythonPath,
              "libraryPath", servers.environment().getOrDefault("LD_LIBRARY_PATH", ""),
              "mounts", json(files.mounts()),
              "volumes", json(files.volumes())));
    } catch (NotReady missing) {
      return Assumptions.abort("needs Patroni: " + missing.getMessage());
    } finally {
      lives.end();
    }
  }

  /** The folder of all that belongs to a program: {@code /opt/python} of its {@code bin/python}. */
  private static Path installation(Path program) {
    Path bin = Files.isDirectory(program) ? program : program.resolveSibling("");
    return Objects.requireNonNullElse(bin.getParent(), bin);
  }

  private static String filled(Map<String, String> values) throws IOException {
    try (InputStream resource =
        Objects.requireNonNull(PatroniPods.class.getResourceAsStream("patroni.yaml"))) {
      String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("${" + value.getKey() + "}", value.getValue());
      }
      return text;
    }
  }

  private static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value);
  }

  /** Waits until one pod leads, and the other follows and has every acknowledged write. */
  public void awaitWhole() throws Exception {
    Await.until("one pod is the primary", READY_WITHIN, () -> primary().isPresent());
    Await.until(
        "the standby is synchronous",
        READY_WITHIN,
        () ->
            number(
                    "postgres",
                    "select count(*) from pg_stat_replication where sync_state in ('sync',"
                        + " 'quorum')")
                == 1);
  }

  /** The pod that leads, as its label says. */
  public Optional<Pod> primary() {
    List<Pod> found =
        client.pods().inNamespace(namespace).withLabel("role", "primary").list().getItems();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** How clients reach the pods: {@code HOST:PORT} of each, the first pod first. */
  public List<String> addresses() {
    return List.of(NAME + "-0", NAME + "-1").stream()
        .map(
            service ->
                client
                        .services()
                        .inNamespace(namespace)
                        .withName(service)
                        .get()
                        .getSpec()
                        .getClusterIP()
                    + ":5432")
        .toList();
  }

  /** A number that the primary selects. */
  public long number(String database, String select) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select)) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException notYet) {
      return -1;
    }
  }

  private void run(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s/%s?targetServerType=primary&hostRecheckSeconds=0&connectTimeout=2&socketTimeout=20"
            .formatted(String.join(",", addresses()), database),
        "postgres",
        PASSWORD);
  }

  /** Writes a file with the password, as Faultline wants it. */
  public static Path passwordFile(Path file) throws IOException {
    Files.writeString(file, PASSWORD + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
