package dev.faultline.environment.database;

import dev.faultline.environment.Await;
import dev.faultline.environment.FreePort;
import dev.faultline.environment.postgres.PostgresCommand;
import dev.faultline.environment.postgres.SharedSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL server of a test's own. */
public final class PostgresNode {

  private final Path data;
  private final int port;
  private Optional<Process> process = Optional.empty();

  PostgresNode(Path data) throws IOException {
    this.data = data;
    this.port = FreePort.choose();
  }

  public int port() {
    return port;
  }

  Path data() {
    return data;
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Starts it and waits until it answers. */
  public void start(List<String> options) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "dynamic_shared_memory_type=mmap",
                "-c",
                "shared_memory_type=mmap",
                "-c",
                "wal_retrieve_retry_interval=200ms"));
    arguments.addAll(options);
    Path log = data.resolveSibling(data.getFileName() + ".log");
    process =
        Optional.of(
            new ProcessBuilder(PostgresCommand.of("postgres", arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    Await.until("the server answers", () -> answers(log));
  }

  private boolean answers(Path log) throws IOException {
    if (!process.orElseThrow().isAlive()) {
      throw new AssertionError("ended: " + Files.readString(log));
    }
    try (Connection connection = connect("postgres")) {
      return connection.isValid(5);
    } catch (SQLException notYet) {
      return false;
    }
  }

  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s/%s?connectTimeout=5&socketTimeout=20".formatted(address(), database),
        "postgres",
        "");
  }

  /** Runs a statement as superuser. */
  public void run(String sql) throws SQLException {
    run("postgres", sql);
  }

  public void run(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public String select(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
    }
  }

  public void promote() throws SQLException {
    select("postgres", "select pg_promote(true, 30)");
  }

  /** The processes whose title says so, such as {@code walsender}. */
  public List<ProcessHandle> processes(String title) {
    return process.stream()
        .flatMap(PostgresNode::tree)
        .filter(handle -> title(handle).contains(title))
        .toList();
  }

  private static String title(ProcessHandle handle) {
    try {
      return Files.readString(Path.of("/proc/%d/cmdline".formatted(handle.pid())));
    } catch (IOException gone) {
      return "";
    }
  }

  public void signal(String name, String title) throws Exception {
    for (ProcessHandle handle : processes(title)) {
      int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(handle.pid())).start().waitFor();
      if (code != 0) {
        throw new AssertionError("kill ended with " + code);
      }
    }
  }

  /** Kills the whole tree at once. */
  public void kill() throws Exception {
    List<ProcessHandle> tree = process.stream().flatMap(PostgresNode::tree).toList();
    tree.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle handle : tree) {
      Await.until("it is gone", () -> !handle.isAlive());
    }
    process = Optional.empty();
  }

  /** Stops it in order. */
  public void stop() throws Exception {
    if (process.isPresent()) {
      // A user namespace is entered by the same process, so this is the postmaster.
      Process ended = process.get();
      new ProcessBuilder("kill", "-INT", Long.toString(ended.pid())).start().waitFor();
      Await.until("it has stopped", () -> !ended.isAlive());
      process = Optional.empty();
    }
  }

  /** Leaves nothing running, and none of the shared memory that a kill leaves. */
  public void end() throws Exception {
    kill();
    Optional<SharedSegment> left = SharedSegment.of(data);
    if (left.isPresent()) {
      left.get().remove();
    }
  }

  private static Stream<ProcessHandle> tree(Process process) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }
}
