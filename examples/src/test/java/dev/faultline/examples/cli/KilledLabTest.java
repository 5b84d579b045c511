package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.examples.shop.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shop dies with a Faultline that is killed, whenever that happens. */
@Order(2)
final class KilledLabTest {

  private static final String FUSE = "dev.faultline.node.";

  @TempDir private Path temp;

  @Test
  void the_shop_ends_with_a_killed_run_and_undo_tidies_up() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Running running = cli.start("run", "examples/shop/frozen-orders.yaml");
      running.awaitErr("fault freeze-orders is in force");
      Set<String> sockets = cli.marked().listening();

      assertThat(running.signal("KILL").end().exit()).isEqualTo(137);

      shopIsGone(cli, sockets);
      assertThat(cli.run("status").out()).contains("died", "open: send SIGSTOP to orders");
      undoTidiesUp(cli);
    }
  }

  static Stream<Integer> points() {
    return IntStream.range(0, 10).mapToObj(point -> 400 + 3300 * point);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("points")
  void killed_at_any_point_nothing_stays(int milliseconds) throws Exception {
    try (Cli cli = new Cli(temp)) {
      Running running = cli.start("run", "examples/shop/frozen-orders.yaml");
      Thread.sleep(milliseconds);
      Set<String> sockets = cli.marked().listening();
      if (running.process().isAlive()) {
        running.signal("KILL");
      }
      Ended run = running.end();

      shopIsGone(cli, sockets);
      assertThat(run.exit()).as(run.err()).isIn(137, 0);
      undoTidiesUp(cli);
    }
  }

  /** What disturbs a link is a part of Faultline: nothing listens once that is dead. */
  @Test
  void a_link_is_disturbed_by_nobody_once_faultline_is_killed() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Running running = cli.start("run", "examples/shop/slow-inventory.yaml");
      running.awaitErr("fault latency-inventory is in force");
      Set<String> sockets = cli.marked().listening();

      assertThat(running.signal("KILL").end().exit()).isEqualTo(137);

      shopIsGone(cli, sockets);
      undoTidiesUp(cli);
    }
  }

  /** Stopped, it cannot let go of a link; so the kernel kills it when its lease is over. */
  @Test
  void a_link_is_disturbed_by_a_stopped_faultline_no_longer_than_its_lease() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Running running = cli.start("run", "examples/shop/slow-inventory.yaml");
      running.awaitErr("fault latency-inventory is in force");
      Set<String> sockets = cli.marked().listening();

      assertThat(running.signal("STOP").end().exit()).isEqualTo(137);

      shopIsGone(cli, sockets);
      undoTidiesUp(cli);
    }
  }

  /** A process whose clock is off leaves files of libfaketime behind when it is killed. */
  @Tag("slow")
  @Test
  void a_clock_is_off_in_nothing_once_faultline_is_killed() throws Exception {
    assumeTrue(EveryExampleTest.hasFakeTime(), "needs libfaketime");
    try (Cli cli = new Cli(temp)) {
      Running running = cli.start("run", "examples/shop/clock-ahead.yaml");
      running.awaitErr("fault clock-orders is in force");
      Set<String> sockets = cli.marked().listening();
      List<Path> files = cli.marked().processes().stream().map(KilledLabTest::clockFile).toList();
      assertThat(files).as("of the process whose clock is off").anyMatch(Files::exists);

      assertThat(running.signal("KILL").end().exit()).isEqualTo(137);

      shopIsGone(cli, sockets);
      undoTidiesUp(cli);
      assertThat(files).noneMatch(Files::exists);
    }
  }

  private static Path clockFile(long process) {
    return Path.of("/dev/shm", "faketime_shm_" + process);
  }

  private static void shopIsGone(Cli cli, Set<String> sockets) {
    Await.until("only fuses are left", () -> withoutFuses(cli).isEmpty());
    // A process that is ending loses its environment a moment before its sockets.
    Await.until("nobody listens", () -> Collections.disjoint(Marked.allListening(), sockets));
  }

  private static List<Long> withoutFuses(Cli cli) {
    return cli.marked().processes().stream()
        .filter(process -> !Marked.commandLine(process).contains(FUSE))
        .toList();
  }

  private static void undoTidiesUp(Cli cli) throws Exception {
    Ended undo = cli.run("undo");
    assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
    assertThat(cli.run("undo").err()).isEqualTo("Nothing to undo.\n");
    assertThat(cli.run("status").out()).doesNotContain("open", "finishes it");
    for (Path run : cli.runs()) {
      assertThat(run.resolve("lab")).doesNotExist();
    }
    Await.until("no fuse is left", () -> cli.marked().processes().isEmpty());
  }
}
