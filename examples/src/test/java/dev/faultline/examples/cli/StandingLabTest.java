package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop without a run, and experiments against it. */
@Tag("slow")
final class StandingLabTest {

  private static final String SHOP = "examples/shop/environments/shop.yaml";

  @TempDir private Path temp;

  @Test
  void experiments_run_against_a_lab_that_stands_again_and_again() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Running lab = cli.start("lab", "up", SHOP);
      lab.awaitOut("--environment");
      String environment = lab.out().replaceAll("(?s).*--environment (\\S+).*", "$1");

      for (String experiment : new String[] {"crashed-payments", "frozen-orders"}) {
        Ended run =
            cli.run("run", "examples/shop/" + experiment + ".yaml", "--environment", environment);
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
      }
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
}
