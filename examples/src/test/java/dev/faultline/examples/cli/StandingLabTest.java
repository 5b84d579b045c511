package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The shop without a run, and experiments against it. */
@Tag("slow")
@ResourceLock("shared memory of databases")
final class StandingLabTest {

  private static final String SHOP = "examples/shop/environments/shop.yaml";

  private static final String ENVIRONMENT =
      """
      apiVersion: faultline.dev/v1
      kind: Environment
      metadata: {name: stand}
      spec:
        lab:
          processes: {idle: {command: [sleep, "1000"]}}
          databases: {db: {postgres: {standby: false}}}
      """;
  private static final String EXPERIMENT =
      """
      apiVersion: faultline.dev/v1
      kind: Experiment
      metadata: {name: writes}
      spec:
        environment: stand
        ledger: {database: db, writers: 2, rate: 50/s}
        gates:
          - {name: one, sql: {database: db, select: select 1}, equals: 1}
          - {name: lost, ledger: lost, equals: 0, when: [after]}
        faults: [{freeze: {}, target: {process: idle}, for: 1s}]
        recovery: {within: 10s}
      """;

  private static final String PAST =
      """
      apiVersion: faultline.dev/v1
      kind: Experiment
      metadata: {name: past}
      spec:
        gates:
          - {name: orders, prometheus: 'min(up{job="orders"})', above: 0, lasting: 8s}
          - {name: inventory, prometheus: 'min(up{job="inventory"})', above: 0, lasting: 8s}
        faults: [{freeze: {}, target: {process: payments}, for: 1s}]
      """;

  @TempDir private Path temp;

  @Test
  void experiments_run_against_a_lab_that_stands_again_and_again() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Running lab = cli.start("lab", "up", SHOP);
      lab.awaitOut("--environment");
      String environment = environment(lab.out());

      for (String experiment : new String[] {"crashed-payments", "frozen-orders"}) {
        Ended run =
            cli.run("run", "examples/shop/" + experiment + ".yaml", "--environment", environment);
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
      }
      assertThePastIsSeen(cli, environment);
      Ended second = cli.run("lab", "up", SHOP);
      assertThat(second.exit()).isEqualTo(5);
      assertThat(second.err()).contains("the lab shop is up already");

      Ended ended = lab.signal("INT").end();
      assertThat(ended.exit()).as(ended.err()).isEqualTo(6);
      assertThat(Path.of(environment)).doesNotExist();
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void a_lab_that_was_killed_leaves_nothing_in_the_way_of_the_next() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Running killed = cli.start("lab", "up", SHOP);
      killed.awaitOut("--environment");
      killed.signal("KILL").end();

      Running next = cli.start("lab", "up", SHOP);
      next.awaitOut("--environment");

      assertThat(next.signal("TERM").end().exit()).isEqualTo(6);
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void an_experiment_writes_to_a_database_of_a_lab_that_stands() throws Exception {
    try (Cli cli = new Cli(temp);
        Servers servers = new Servers(temp)) {
      Running lab = cli.start("lab", "up", cli.file("stand.yaml", ENVIRONMENT));
      lab.awaitOut("--environment");

      Ended run =
          cli.run(
              "run", cli.file("writes.yaml", EXPERIMENT), "--environment", environment(lab.out()));

      assertThat(run.exit()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).contains("PASSED writes");
      assertThat(lab.signal("INT").end().exit()).isEqualTo(6);
      servers.assertGone();
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  /** Orders had stood still, and inventory had not: in the eyes of Prometheus. */
  private static void assertThePastIsSeen(Cli cli, String environment) throws Exception {
    List<String> command =
        List.of(
            "backtest", cli.file("past.yaml", PAST), "--environment", environment, "--from", "5m");
    Ended alarm = cli.run(command.toArray(String[]::new));
    assertThat(alarm.exit()).as(alarm.out() + alarm.err()).isZero();
    assertThat(alarm.out())
        .containsPattern("gate +orders +301 looks, 1 alarm\\n")
        .containsPattern("gate +inventory +301 looks, no alarm\\n");

    Instant now = Instant.now();
    Ended known = cli.run(with(command, now.minusSeconds(300) + "/" + now));
    assertThat(known.exit()).as(known.out() + known.err()).isZero();
    assertThat(known.out()).contains("1 alarm, 0 of them false", "first alarm after");

    Ended unknown = cli.run(with(command, "9m/8m"));
    assertThat(unknown.exit()).as(unknown.out() + unknown.err()).isEqualTo(1);
    assertThat(unknown.out()).contains("1 alarm, 1 of them false", "no alarm", "1 false alarm.");
  }

  private static String[] with(List<String> command, String incident) {
    return Stream.concat(command.stream(), Stream.of("--incident", incident))
        .toArray(String[]::new);
  }

  private static String environment(String told) {
    return told.replaceAll("(?s).*--environment (\\S+).*", "$1");
  }
}
