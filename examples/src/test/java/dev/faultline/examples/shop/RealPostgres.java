package dev.faultline.examples.shop;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** A PostgreSQL of a test's own, in a folder of the test's; {@link #close} leaves none behind. */
public final class RealPostgres implements AutoCloseable {
  public static final String USER = "shop";
  public static final String PASSWORD = "s3cret-of-the-shop";

  private final Path program;
  private final Path data;
  private final Path passwordFile;
  private final int port;
  private final List<Process> servers = new ArrayList<>();

  private RealPostgres(Path program, Path folder, int port) {
    this.program = program;
    this.data = folder.resolve("data");
    this.passwordFile = folder.resolve("password");
    this.port = port;
  }

  /** Makes a database that is not running yet. */
  public static RealPostgres in(Path folder) throws IOException, InterruptedException {
    int port = RunningShop.freePort(List.of());
    RealPostgres postgres = new RealPostgres(unpacked(), folder, port);
    Files.writeString(postgres.passwordFile, PASSWORD + "\n");
    Files.setPosixFilePermissions(
        postgres.passwordFile, PosixFilePermissions.fromString("rw-------"));
    Process initdb =
        postgres
            .command("initdb", "-D", postgres.data.toString(), "-U", USER, "-A", "scram-sha-256")
            .start(List.of("--pwfile=" + postgres.passwordFile, "-N", "--locale=C", "-E", "UTF8"));
    if (initdb.waitFor() != 0) {
      throw new IOException("initdb ended with " + initdb.exitValue());
    }
    return postgres;
  }

  public void start() throws IOException {
    servers.add(
        command("postgres", "-D", data.toString(), "-p", Integer.toString(port))
            .start(
                List.of(
                    "-clisten_addresses=127.0.0.1",
                    "-cunix_socket_directories=",
                    "-cdynamic_shared_memory_type=mmap",
                    "-cfsync=off")));
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
    signal("KILL");
    servers.getLast().waitFor();
  }

  /** Sends a signal to it and to all that it has started. */
  void signal(String name) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    tree().map(process -> "" + process.pid()).forEach(command::add);
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
      tree().forEach(ProcessHandle::destroyForcibly);
    }
  }

  private Stream<ProcessHandle> tree() {
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

  private Command command(String name, String... arguments) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U")); // the server refuses to be root
    }
    command.add(program.resolve("bin").resolve(name).toString());
    command.addAll(List.of(arguments));
    return new Command(command);
  }

  /** A program and its arguments. */
  private record Command(List<String> words) {
    Process start(List<String> more) throws IOException {
      List<String> all = new ArrayList<>(words);
      all.addAll(more);
      return new ProcessBuilder(all)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    }
  }

  /** The server, unpacked once for all tests of this room. */
  private static synchronized Path unpacked() throws IOException {
    Path target = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();
    Path program = target.resolve("postgres");
    if (!Files.isDirectory(program)) {
      Path beside = Files.createTempDirectory(target, "postgres");
      unpack(beside);
      Files.move(beside, program, StandardCopyOption.ATOMIC_MOVE);
    }
    return program;
  }

  private static void unpack(Path folder) throws IOException {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    String name = "/postgres-linux-%s.txz".formatted(arm ? "arm_64" : "x86_64");
    try (InputStream packed = RealPostgres.class.getResourceAsStream(name)) {
      if (packed == null) {
        throw new IOException("no " + name + " on the class path");
      }
      try (var tar =
          new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          unpack(tar, entry, folder.resolve(entry.getName()).normalize());
        }
      }
    }
  }

  private static void unpack(InputStream tar, TarArchiveEntry entry, Path path) throws IOException {
    Path parent = path.getParent();
    if (entry.isDirectory() || parent == null) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(parent);
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
