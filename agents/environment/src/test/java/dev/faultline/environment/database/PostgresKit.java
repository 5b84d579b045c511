package dev.faultline.environment.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of PostgreSQL, unpacked once for all tests of a class, and one cluster's files. */
public final class PostgresKit {

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private final Path folder;

  private PostgresKit(Path folder) {
    this.folder = folder;
  }

  /** Empty where the machine has no such program. */
  public static Optional<PostgresKit> in(Path folder) throws Exception {
    try (InputStream packed = PostgresKit.class.getResourceAsStream(ARCHIVE)) {
      if (packed == null) {
        return Optional.empty();
      }
      unpack(packed, Files.createDirectories(folder.resolve("programs")));
    }
    PostgresKit kit = new PostgresKit(folder);
    boolean startable =
        !kit.isRoot() || new ProcessBuilder("unshare", "-U", "true").start().waitFor() == 0;
    return startable ? Optional.of(kit) : Optional.empty();
  }

  private static void unpack(InputStream packed, Path into) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = into.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
          if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
          }
        }
      }
    }
  }

  private boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** The command of a program, which may not be run by root as such. */
  List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(folder.resolve("programs/bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  /**
   * A node with a new cluster; user {@code faultline} needs the password, {@code postgres} none.
   */
  public PostgresNode create(String name, String password) throws Exception {
    Path data = folder.resolve(name);
    Path log = folder.resolve(name + ".initdb.log");
    Process init =
        new ProcessBuilder(
                command(
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
    PostgresNode node = new PostgresNode(this, data);
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
    PostgresNode standby = new PostgresNode(this, data);
    standby.start(
        List.of(
            "-c",
            "primary_conninfo=host=127.0.0.1 port=%d user=postgres application_name=s1"
                .formatted(primary.port())));
    return standby;
  }
}
