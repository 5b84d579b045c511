package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.examples.shop.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Game days in processes of their own, which are killed and started again. */
final class ScheduleTest {

  @TempDir private Path temp;
  private Cli cli;
  private Path days;

  @BeforeEach
  void open() throws IOException {
    cli = new Cli(temp);
    days = Files.createDirectory(temp.resolve("days"));
  }

  @AfterEach
  void close() {
    cli.close();
  }

  /** A game day that is due in so many seconds; whole at once, as the folder is watched. */
  private void due(String name, int seconds, String more) throws IOException {
    Instant at = Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
    Path whole =
        Files.writeString(
            temp.resolve(name + ".new"),
            """
            apiVersion: faultline.dev/v1
            kind: GameDay
            metadata: {name: %s}
            spec:
              schedule: {at: %s}
              runs: [../first.yaml, ../second.yaml]
              %s
            """
                .formatted(name, at, more));
    Files.move(whole, days.resolve(name + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  private Running started(String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("schedule", "start", days.toString()));
    words.addAll(List.of(options));
    return cli.start(words.toArray(String[]::new)).awaitErr("Following the game days");
  }

  private void runs(int seconds) throws IOException {
    cli.file("first.yaml", Tiny.lab("first", seconds));
    cli.file("second.yaml", Tiny.lab("second", 1));
  }

  private Path journal() {
    return cli.stateHome().resolve("faultline/schedule/journal.jsonl");
  }

  private String noted() throws IOException {
    return Files.exists(journal()) ? Files.readString(journal()) : "";
  }

  private void awaitFrozen() {
    Await.until(
        "a fault is in force",
        () -> cli.run("status", "--json").out().contains("\"state\":\"running\",\"open\":[\""));
  }

  private long times(String words) throws IOException {
    return noted().lines().filter(line -> line.contains(words)).count();
  }

  @Test
  void what_is_due_runs_once_in_its_order_and_changes_take_effect() throws Exception {
    runs(1);
    Running daemon = started();
    due("morning", 5, "");
    due("removed", 3_600, "");
    Await.until("both are followed", () -> times("\"followed\"") == 2);
    Files.delete(days.resolve("removed.yaml"));
    Await.until("it is over", () -> times("\"closed\"") == 1);
    Await.until("the other one is gone", () -> times("\"left\"") == 1);

    Ended stopped = daemon.signal("TERM").end();

    assertThat(stopped.exit()).as(stopped.err()).isEqualTo(0);
    assertThat(times("\"begun\"")).isEqualTo(1);
    assertThat(times("\"ended\"")).isEqualTo(2);
    assertThat(noted()).contains("morning-1", "morning-2", "\"exit\":0");
    assertThat(cli.runs()).hasSize(2);
    Path store = cli.stateHome().resolve("faultline/schedule");
    for (String file : List.of("journal.jsonl", "quartz.mv.db")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.resolve(file))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void a_run_that_is_found_dead_is_undone_and_never_run_again() throws Exception {
    runs(600);
    Running daemon = started();
    due("morning", 5, "misfire: runOnce");
    awaitFrozen();
    List<ProcessHandle> runs = daemon.process().children().toList();
    assertThat(runs).hasSize(1);
    assertThat(daemon.signal("KILL").end().exit()).isEqualTo(137);
    runs.forEach(ProcessHandle::destroyForcibly);

    Running again = cli.start("schedule", "start", days.toString());
    Await.until("it is over", () -> times("\"closed\"") == 1);
    Ended stopped = again.signal("TERM").end();

    assertThat(stopped.exit()).as(stopped.err()).isEqualTo(0);
    assertThat(noted()).contains("\"exit\":6").contains("it had died, and was undone");
    assertThat(times("\"begun\"")).isEqualTo(1);
    assertThat(cli.run("status").out())
        .contains("morning-1")
        .contains("halted")
        .doesNotContain("open");
    assertThat(cli.run("undo").err()).contains("Nothing to undo.");
    assertThat(cli.marked().processes()).isEmpty();
  }

  @Test
  void a_run_outlives_the_daemon_and_the_next_one_waits_for_it() throws Exception {
    runs(8);
    Running daemon = started();
    due("morning", 5, "");
    awaitFrozen();
    int killed = daemon.signal("KILL").end().exit();

    Running again = cli.start("schedule", "start", days.toString());
    Await.until("it is over", () -> times("\"closed\"") == 1);
    Ended stopped = again.signal("TERM").end();

    assertThat(killed).isEqualTo(137);
    assertThat(stopped.exit()).as(stopped.err()).isEqualTo(0);
    assertThat(noted()).contains("it ended by itself").contains("it had not begun");
    assertThat(times("\"begun\"")).isEqualTo(1);
    assertThat(cli.run("status").out().lines().filter(line -> line.contains("passed"))).hasSize(1);
  }

  @Test
  void a_stop_withdraws_what_is_on_or_lets_it_finish() throws Exception {
    runs(600);
    Running daemon = started();
    due("morning", 5, "onFailure: continue");
    awaitFrozen();
    assertThat(daemon.signal("TERM").end().exit()).isEqualTo(0);
    assertThat(noted()).contains("\"exit\":6");
    assertThat(times("\"ended\"")).isEqualTo(1);

    runs(8);
    Running patient = started("--on-stop", "finish");
    due("evening", 5, "onFailure: continue");
    awaitFrozen();
    assertThat(patient.signal("TERM").end().exit()).isEqualTo(0);
    assertThat(noted()).contains("\"exit\":0");
    assertThat(times("\"ended\"")).isEqualTo(2);
    assertThat(cli.marked().processes()).isEmpty();
  }

  @Test
  void a_second_daemon_does_not_start() throws Exception {
    Running daemon = started();

    assertThat(cli.run("schedule", "start", days.toString()).exit()).isEqualTo(5);
    assertThat(daemon.signal("INT").end().exit()).isEqualTo(0);
  }

  @Test
  void run_now_ends_as_its_weightiest_run_and_respects_a_freeze() throws Exception {
    runs(1);
    due("morning", 3_600, "");
    Ended now = cli.run("schedule", "run-now", "morning", days.toString());

    assertThat(now.exit()).as(now.out() + now.err()).isEqualTo(0);
    assertThat(now.out()).contains("morning-1 ended with 0", "morning-2 ended with 0");
    assertThatPolicyHolds();
    due("morning", 3_600, "freeze: [{from: 2020-01-01, to: 2099-12-31, reason: release}]");
    Ended frozen = cli.run("schedule", "run-now", "morning", days.toString());
    assertThat(frozen.exit()).isEqualTo(3);
    assertThat(frozen.err()).contains("now is frozen: release");
    assertThat(cli.run("schedule", "next", days.toString()).out())
        .contains("dropped: frozen: release");
  }

  /** The policy of a machine is not only for what is typed there. */
  private void assertThatPolicyHolds() throws Exception {
    String policy =
        cli.file(
            "policy.yaml",
            """
            apiVersion: faultline.dev/v1
            kind: Policy
            metadata: {name: house}
            spec:
              rules:
                - {name: never, require: 'false', message: nothing is disturbed here}
            """);
    String[] words = {"schedule", "run-now", "morning", days.toString()};
    Ended refused = cli.start(Map.of("FAULTLINE_POLICY", policy), Cli.command(words)).end();
    assertThat(refused.exit()).as(refused.out() + refused.err()).isEqualTo(3);
    assertThat(refused.out()).contains("morning-1 ended with 3").doesNotContain("morning-2 ended");
    Path logs = cli.stateHome().resolve("faultline/schedule");
    try (Stream<Path> files = Files.list(logs)) {
      assertThat(files.filter(file -> file.toString().endsWith("-1.log")))
          .anySatisfy(
              log -> assertThat(log).content().contains("house, never: nothing is disturbed here"));
    }
  }
}
