package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A pair of a lab that cannot fail over, that does not manage to, or whose Faultline dies. */
@ResourceLock("shared memory of databases")
final class PairTroubleTest {

  private static final String CRASH = "{failover: crash, target: {database: db}}";

  @TempDir private Path temp;
  private Cli cli;
  private Servers servers;

  @BeforeEach
  void open() throws Exception {
    cli = new Cli(temp);
    servers = new Servers(temp);
  }

  @AfterEach
  void close() {
    cli.close();
    servers.close();
  }

  @Test
  void without_a_standby_no_failover_is_tried() throws Exception {
    Ended run = cli.run("run", cli.file("one.yaml", Pair.lab("one", "standby: false", CRASH)));

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(5);
    assertThat((run.out() + run.err()).replaceAll("\\s+", " "))
        .contains("db has no standby that could take over");
    servers.assertGone();
  }

  @Test
  void a_killed_faultline_takes_its_pair_along_in_the_middle_of_a_failover() throws Exception {
    String slow = "controller: {interval: 2s, missed: 3}";
    Running running = cli.start("run", cli.file("pair.yaml", Pair.lab("pair", slow, CRASH)));
    running.awaitErr("fault failover-db is done");

    assertThat(running.signal("KILL").end().exit()).isEqualTo(137);

    Ended undo = cli.run("undo");
    assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
    servers.assertGone();
    assertThat(cli.marked().processes()).isEmpty();
    assertThat(cli.latest().resolve("lab")).doesNotExist();
    assertThat(cli.run("undo").err()).isEqualTo("Nothing to undo.\n");
  }

  @Test
  @Tag("slow")
  void a_promotion_that_does_not_end_is_given_up_and_the_pair_stands_again() throws Exception {
    String hasty = "controller: {interval: 1s, missed: 3, promoteWithin: 3s}";
    String freeze = "{freeze: {}, target: {process: db-2}, start: 500ms, for: 12s}";

    Ended run =
        cli.run("run", cli.file("stuck.yaml", Pair.lab("stuck", hasty, CRASH + ", " + freeze)));

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.out()).contains("FAILED stuck").contains("gate outage");
    assertThat(run.err()).contains("controller: ", "given up");
    servers.assertGone();
    assertThat(cli.latest().resolve("lab")).doesNotExist();
  }
}
