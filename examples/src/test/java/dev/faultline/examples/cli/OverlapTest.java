package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs in one environment would blame each other. */
final class OverlapTest {

  @TempDir private Path temp;

  @Test
  void a_second_run_in_the_environment_is_turned_away_and_the_first_goes_on() throws Exception {
    try (Cli cli = new Cli(temp)) {
      String file = cli.file("tiny.yaml", Tiny.lab("tiny", 25));
      Running first = cli.start("run", file);
      first.awaitErr("fault freeze-idle is in force");

      Ended second = cli.run("run", file);
      Ended status = cli.run("status");
      Ended undo = cli.run("undo");

      assertThat(second.exit()).as(second.err()).isEqualTo(5);
      assertThat(second.err())
          .contains("error: nothing was touched")
          .contains("another run is on in environment 'tiny'");
      assertThat(status.out()).contains("running", "open: send SIGSTOP to idle");
      assertThat(undo.err()).as("what is on is left alone").contains("Nothing to undo.");
      assertThat(first.process().isAlive()).isTrue();
      Ended ended = first.end();
      assertThat(ended.exit()).as(ended.err()).isEqualTo(0);
      assertThat(cli.runs()).hasSize(1);
    }
  }
}
