package dev.faultline.examples.shop;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.faultline.environment.postgres.PostgresCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A PostgreSQL of a test's own, in a folder of the test's; {@link #close} leaves none behind. */
public final class RealPostgres implements AutoCloseable {
  public static final String USER = "shop";
  public static final String PASSWORD = "s3cret-of-the-shop";

  private final Path data;
  private final Path passwordFile;
  private final int port;
  private final List<Process> servers = new ArrayList<>();

  private RealPostgres(Path folder, int port) {
    this.data = folder.resolve("data");
    this.passwordFile = folder.resolve("password");
    this.port = port;
  }

  /** Makes a database that is not running yet. */
  public static RealPostgres in(Path folder) throws Exception {
    int port = RunningShop.freePort(List.of());
    RealPostgres postgres = new RealPostgres(folder, port);
    Files.writeString(postgres.passwordFile, PASSWORD + "\n");
    Files.setPosixFilePermissions(
        postgres.passwordFile, PosixFilePermissions.fromString("rw-------"));
    Process initdb =
        run(
            "initdb",
            "--pgdata=" + postgres.data,
            "--username=" + USER,
            "--auth=scram-sha-256",
            "--pwfile=" + postgres.passwordFile,
            "--no-sync",
            "--locale=C",
            "--encoding=UTF8");
    if (initdb.waitFor() != 0) {
      throw new IOException("initdb ended with " + initdb.exitValue());
    }
    return postgres;
  }

  public void start() throws Exception {
    servers.add(
        run(
            "postgres",
            "-D",
            data.toString(),
            "-cport=" + port,
            "-clisten_addresses=127.0.0.1",
            "-cunix_socket_directories=",
            "-cdynamic_shared_memory_type=mmap",
            "-cfsync=off"));
    Await.until("the database answers", () -> number("select 1") == 1);
  }

  /** What the shop is told of it. */
  Map<String, String> settings() {
    return Map.of(
        "DATABASE_URL",
        url() + "?connectTimeout=1&socketTimeout=2&targetServerType=primary&ApplicationName=shop",
        "DATABASE_USER",
        USER,
        "DATABASE_PASSWORD_FILE",
        passwordFile.toString());
  }

  public long number(String select) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select)) {
      row.next();
      return row.getLong(1);
    }
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Ends it as a crash does, with all that it has started; only a later start tidies up after. */
  public void kill() throws IOException, InterruptedException {
    freeze();
    signal("KILL", tree());
    servers.getLast().waitFor();
  }

  /** Stops it and all that it has started. */
  void freeze() throws IOException, InterruptedException {
    Set<Long> stopped = Set.of();
    for (Set<Long> all = tree(); !all.equals(stopped); all = tree()) {
      signal("STOP", all); // the first round may miss what was being started meanwhile
      stopped = all;
    }
  }

  /** Lets it go on after {@link #freeze}. */
  void thaw() throws IOException, InterruptedException {
    signal("CONT", tree());
  }

  private static void signal(String name, Set<Long> processes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(pid -> command.add("" + pid));
    new ProcessBuilder(command).start().waitFor(); // one of them may have ended by now
  }

  /** Ends it in order, if nobody is connected: one that is killed leaves some shared memory. */
  @Override
  public void close() {
    if (servers.isEmpty()) {
      return;
    }
    Process server = servers.getLast();
    server.destroy();
    boolean ended =
        server.onExit().thenApply(_ -> true).completeOnTimeout(false, 10, SECONDS).join();
    if (!ended) {
      handles().forEach(ProcessHandle::destroyForcibly);
    }
  }

  private Set<Long> tree() {
    return handles().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  private Stream<ProcessHandle> handles() {
    Process server = servers.getLast();
    return Stream.concat(Stream.of(server.toHandle()), server.descendants());
  }

  /** Its address, without a password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
  }

  /** The file with the password. */
  public Path passwordFile() {
    return passwordFile;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url() + "?socketTimeout=5", USER, PASSWORD);
  }

  /** A program of PostgreSQL, whose words nobody reads. */
  private static Process run(String program, String... arguments) throws Exception {
    return new ProcessBuilder(PostgresCommand.of(program, List.of(arguments)))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
