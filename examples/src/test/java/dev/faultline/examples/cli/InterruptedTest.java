package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.examples.shop.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C and SIGTERM, as the kernel delivers them. */
final class InterruptedTest {

  @TempDir private Path temp;
  private Cli cli;

  @BeforeEach
  void open() {
    cli = new Cli(temp);
  }

  @AfterEach
  void close() {
    cli.close();
  }

  @Test
  void ctrl_c_while_orders_is_frozen_undoes_it_and_reports() throws Exception {
    Running running = cli.start("run", "examples/shop/frozen-orders.yaml");
    running.awaitErr("fault freeze-orders is in force");

    Ended run = running.signal("INT").end();

    assertThat(run.exit()).as(run.err()).isEqualTo(6);
    assertThat(run.err())
        .contains("SIGINT: withdrawing every fault", "fault freeze-orders is over");
    assertThat(run.out()).contains("HALTED frozen-orders: stopped by SIGINT");
    haltedWithNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void a_signal_during_the_hold_halts(String signal) throws Exception {
    Running running = cli.start("run", cli.file("tiny.yaml", Tiny.lab("tiny", 60)));
    running.awaitErr("fault freeze-idle is in force");

    Ended run = running.signal(signal).end();

    assertThat(run.exit()).as(run.err()).isEqualTo(6);
    assertThat(run.out()).contains("HALTED tiny: stopped by SIG" + signal, "2 of 2 steps proven");
    haltedWithNothingLeft();
  }

  @Test
  void ctrl_c_while_the_shop_starts_ends_it_within_ten_seconds() throws Exception {
    Running running = cli.start("run", "examples/shop/frozen-orders.yaml");
    running.awaitErr("supervisor: ");
    long signalled = System.nanoTime();

    Ended run = running.signal("INT").end();

    assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isLessThan(Duration.ofSeconds(10));
    assertThat(run.exit()).as(run.err()).isEqualTo(6);
    haltedWithNothingLeft();
  }

  private void haltedWithNothingLeft() throws Exception {
    assertThat(cli.marked().processes()).isEmpty();
    assertThat(cli.latest().resolve("lab")).doesNotExist();
    assertThat(cli.latest().resolve("report.html")).isNotEmptyFile();
    assertThat(cli.run("status").out()).contains("halted").doesNotContain("open");
    assertThat(cli.run("undo").err()).contains("Nothing to undo.");
  }

  @Test
  void a_second_ctrl_c_leaves_at_once_and_says_what_remains() throws Exception {
    Path flag = temp.resolve("flag");
    Running running = cli.start("run", cli.file("slow.yaml", slowToUndo(flag)));
    running.awaitErr("is in force");
    running.signal("INT").awaitErr("withdrawing every fault\n");

    Ended run = running.signal("INT").end();

    assertThat(run.exit()).as(run.err()).isEqualTo(130);
    assertThat(run.err())
        .contains("SIGINT again: leaving at once")
        .contains("in force: run touch")
        .contains("ends by itself within 11s")
        .contains("'faultline undo' ends it at once");
    assertThat(flag).exists();
    assertThat(cli.run("status").out()).contains("died", "open: ");

    Ended undo = cli.run("undo");

    assertThat(undo.exit()).as(undo.err()).isEqualTo(0);
    assertThat(flag).doesNotExist();
    Await.until("the undo that was left has ended", () -> cli.marked().processes().isEmpty());
    haltedWithNothingLeft();
  }

  private static String slowToUndo(Path flag) {
    return """
    apiVersion: faultline.dev/v1
    kind: Experiment
    metadata: {name: slow}
    spec:
      environment: {lab: {processes: {idle: {command: [sleep, "1000"]}}}}
      gates: [{name: alive, command: ["true"], equals: 0}]
      faults:
        - custom:
            do: [touch, "%1$s"]
            undo: [sh, -c, "sleep 4; rm -f %1$s"]
            verify: [test, -e, "%1$s"]
          for: 60s
    """
        .formatted(flag);
  }
}
