package dev.faultline.environment.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Lives;
import dev.faultline.node.PosixSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.faultline.environment.postgres.PostgresKit#users")
class PostgresNodeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Lives lives = new Lives();

  private final ServerUser user;
  @TempDir private Path folder;
  private PostgresNode node;

  PostgresNodeTest(ServerUser user) {
    this.user = user;
  }

  @BeforeEach
  void start() throws Exception {
    node = PostgresKit.node(PostgresKit.means(lives, folder, user), folder);
    node.initialise();
    node.start(Map.of());
    node.awaitAnswer(Deadline.in(PATIENCE));
  }

  @AfterEach
  void end() throws Exception {
    lives.end();
    node.kill();
  }

  private void run(String statement) throws SQLException {
    try (Connection connection = node.connect(PATIENCE);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  @Test
  void what_was_committed_survives_a_kill() throws Exception {
    run("create table kept as select generate_series(1, 1000) as n");

    node.kill();
    node.start(Map.of());
    node.awaitAnswer(Deadline.in(PATIENCE));

    run("do $$ begin assert (select count(*) from kept) = 1000; end $$");
  }

  @Test
  void a_kill_leaves_no_process_and_no_shared_memory() throws Exception {
    try (Connection busy = node.connect(PATIENCE);
        Statement statement = busy.createStatement()) {
      statement.execute("select 1");
      SharedSegment segment = SharedSegment.of(node.data().path()).orElseThrow();
      assertThat(PostgresKit.segments()).contains(segment.key() + " " + segment.id());

      node.kill();

      assertThat(new ServerProcesses(node.data().path()).all()).isEmpty();
      assertThat(PostgresKit.segments()).doesNotContain(segment.key() + " " + segment.id());
      assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void a_frozen_server_can_be_killed() throws Exception {
    node.identity().orElseThrow().signal(PosixSignal.STOP);

    node.kill();

    assertThat(node.isAlive()).isFalse();
  }

  @Test
  void it_stops_in_order() throws Exception {
    node.stop(PATIENCE);

    assertThat(node.isAlive()).isFalse();
    assertThat(SharedSegment.of(node.data().path())).isEmpty();
    assertThatThrownBy(node::requireLife)
        .isInstanceOf(NodeFailure.class)
        .hasMessageStartingWith("db-1 ended (exit code 0); the last it printed:\n")
        .hasMessageContaining("database system is shut down");
  }

  @Test
  void what_it_cannot_do_is_told_with_what_it_printed() throws Exception {
    node.kill();
    node.start(Map.of("shared_buffers", "1"));

    assertThatThrownBy(() -> node.awaitAnswer(Deadline.in(PATIENCE)))
        .isInstanceOf(NodeFailure.class)
        .hasMessageContaining("db-1 ended (exit code 1)")
        .hasMessageContaining("outside the valid range for parameter \"shared_buffers\"");
  }

  @Test
  void its_password_is_nowhere_in_the_folder_and_on_no_command_line() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .noneMatch(file -> contains(file, "a password"));
    }
    assertThat(ProcessHandle.allProcesses().map(handle -> handle.info().commandLine().orElse("")))
        .noneMatch(line -> line.contains("a password"));
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException removed) {
      return false;
    }
  }
}
