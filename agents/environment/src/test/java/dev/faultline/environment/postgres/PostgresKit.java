package dev.faultline.environment.postgres;

import dev.faultline.environment.FreePort;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What tests of PostgreSQL say again and again. */
final class PostgresKit {

  private PostgresKit() {}

  /** The users that servers can run as here. */
  static List<ServerUser> users() throws Exception {
    return ServerUser.isRoot()
        ? List.of(ServerUser.inNamespace(), ServerUser.nobody())
        : List.of(new ServerUser(List.of()));
  }

  static Means means(Lives lives, Path folder, ServerUser user) throws Exception {
    return new Means(
        PostgresProgram.find(PostgresCommand.CACHE, words -> {}),
        user,
        lives,
        new Tools(lives, folder));
  }

  static PostgresNode node(Means means, Path folder) throws IOException {
    return new PostgresNode(
        "db-1",
        means,
        Files.createDirectories(folder.resolve("db-1")),
        freePort(),
        new Access(PostgresNode.SUPERUSER, "a password", "postgres"));
  }

  static int freePort() throws IOException {
    return FreePort.choose();
  }

  /** Segments of System V shared memory by key and number. */
  static List<String> segments() throws IOException {
    return Files.readAllLines(Path.of("/proc/sysvipc/shm")).stream()
        .skip(1)
        .map(line -> line.strip().replaceAll("^(\\S+)\\s+(\\S+).*", "$1 $2"))
        .toList();
  }
}
