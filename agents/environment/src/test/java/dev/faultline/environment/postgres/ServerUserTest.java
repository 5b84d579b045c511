package dev.faultline.environment.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.environment.LabDatabase.Replication;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.NodeRole;
import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root's second way: as nobody, in folders that are shut for nobody. */
class ServerUserTest {

  private static final int NOBODY = 65534;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Lives lives = new Lives();

  @TempDir private Path folder;

  @BeforeEach
  void beRoot() throws Exception {
    assumeTrue(ServerUser.isRoot());
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  @AfterEach
  void end() throws Exception {
    lives.end();
  }

  private static int owner(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:uid");
  }

  private void asNobodyElse(String... command) throws Exception {
    List<String> argv = ServerUser.numbered(NOBODY).command(List.of(command));
    new Tools(lives, folder).run(argv, PATIENCE);
  }

  @Test
  void aServerThatRunsAsNobodyIsShutForOthersWhoDo() throws Exception {
    Means means = PostgresKit.means(lives, folder, ServerUser.nobody());
    PostgresNode node = PostgresKit.node(means, folder);
    try {
      node.initialise();
      node.start(Map.of());
      node.awaitAnswer(Deadline.in(PATIENCE));
      ProcessIdentity server = node.identity().orElseThrow();
      Path process = Path.of("/proc", Long.toString(server.pid()));

      assertThat(owner(node.data().path())).isEqualTo(NOBODY);
      assertThat(Files.readAllLines(process.resolve("status")))
          .contains("Uid:\t65534\t65534\t65534\t65534", "CapBnd:\t0000000000000002");
      asNobodyElse("true");
      assertThatThrownBy(() -> asNobodyElse("ls", node.data().path().toString()))
          .hasMessageContaining("Permission denied");
      assertThatThrownBy(() -> asNobodyElse("ls", process + "/cwd/data"))
          .hasMessageContaining("Permission denied");
      assertThatThrownBy(() -> asNobodyElse("cat", process + "/environ"))
          .hasMessageContaining("Permission denied");
    } finally {
      node.kill();
    }
    assertThat(new ServerProcesses(node.data().path()).all()).isEmpty();
  }

  @Test
  void aPairThatRunsAsNobodyFailsOverAndIsRebuilt() throws Exception {
    PairKit kit =
        PairKit.start(folder, PairKit.spec(Replication.SYNCHRONOUS), tools -> ServerUser.nobody());
    try (kit) {
      kit.run("create table kept as select generate_series(1, 500) as n");

      kit.fail(FailoverKind.CRASH, "orders-db-1");

      kit.awaitRole("orders-db-2", NodeRole.PRIMARY);
      assertThat(kit.number("select count(*) from kept")).isEqualTo(500);
      kit.awaitRole("orders-db-1", NodeRole.STANDBY);
      Path rebuilt = kit.plan.folder().resolve("orders-db-1/data");
      assertThat(owner(rebuilt.resolve("base"))).isEqualTo(NOBODY);
      assertThat(kit.remains()).isNotEmpty();
    }
    assertThat(kit.remains()).isEmpty();
  }

  @Test
  void aServerWhoseParentDiedOnTheWayIsNotStarted() throws Exception {
    List<String> orphan = ServerUser.nobody().command(List.of("echo", "started"));
    // The shell is the parent, not this program.
    List<String> argv = List.of("sh", "-c", "\"$@\"; echo done", "sh");
    String printed =
        new Tools(lives, folder)
            .run(Stream.concat(argv.stream(), orphan.stream()).toList(), PATIENCE);

    assertThat(printed).isEqualTo("done");
  }
}
