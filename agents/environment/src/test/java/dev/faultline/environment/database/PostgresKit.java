package dev.faultline.environment.database;

import dev.faultline.environment.postgres.PostgresCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Servers of tests, in one folder. */
public final class PostgresKit {

  private final Path folder;

  private PostgresKit(Path folder) {
    this.folder = folder;
  }

  /** Servers whose files are in a folder. */
  public static PostgresKit in(Path folder) {
    return new PostgresKit(folder);
  }

  /**
   * A node with a new cluster; user {@code faultline} needs the password, {@code postgres} none.
   */
  public PostgresNode create(String name, String password) throws Exception {
    Path data = folder.resolve(name);
    Path log = folder.resolve(name + ".initdb.log");
    Process init =
        new ProcessBuilder(
                PostgresCommand.of(
                    "initdb",
                    List.of(
                        "-D",
                        data.toString(),
                        "-U",
                        "postgres",
                        "-A",
                        "trust",
                        "-N",
                        "-E",
                        "UTF8",
                        "--locale=C")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!init.waitFor(120, TimeUnit.SECONDS) || init.exitValue() != 0) {
      throw new IllegalStateException("initdb: " + Files.readString(log));
    }
    Files.writeString(
        data.resolve("pg_hba.conf"),
        """
        host all faultline 127.0.0.1/32 scram-sha-256
        host all postgres 127.0.0.1/32 trust
        host replication postgres 127.0.0.1/32 trust
        """);
    PostgresNode node = new PostgresNode(data);
    node.start(List.of());
    node.run("create role faultline login password '%s'".formatted(password));
    node.run("create database shop owner faultline");
    return node;
  }

  /** A node that stands by for another one, from a cold copy; the other one is started again. */
  public PostgresNode standby(String name, PostgresNode primary, List<String> options)
      throws Exception {
    primary.stop();
    Path data = folder.resolve(name);
    try (var files = Files.walk(primary.data())) {
      for (Path from : files.toList()) {
        Path to = data.resolve(primary.data().relativize(from).toString());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Files.createFile(data.resolve("standby.signal"));
    primary.start(options);
    PostgresNode standby = new PostgresNode(data);
    standby.start(
        List.of(
            "-c",
            "primary_conninfo=host=127.0.0.1 port=%d user=postgres application_name=s1"
                .formatted(primary.port())));
    return standby;
  }
}
