package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage of a build that is cancelled. */
final class GateTest {

  @TempDir private Path temp;

  @Test
  void sigterm_in_the_first_run_ends_the_stage_with_its_files() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Path out = temp.resolve("stage");
      Running stage =
          cli.start(
              "gate",
              cli.file("first.yaml", Tiny.lab("first", 60)),
              cli.file("second.yaml", Tiny.lab("second", 1)),
              "--soft-fail",
              "--out",
              out.toString());
      stage.awaitErr("fault freeze-idle is in force");

      Ended ended = stage.signal("TERM").end();

      assertThat(ended.exit()).as(ended.err()).isEqualTo(6);
      assertThat(ended.out()).contains("GATE HALTED");
      assertThat(cli.marked().processes()).isEmpty();
      assertThat(cli.runs()).hasSize(1);
      assertThat(out.resolve("first/report.html")).isNotEmptyFile();
      assertThat(Files.readString(out.resolve("summary.md")))
          .contains("Faultline: halted", "| second | not tried |");
      assertThat(Files.readString(out.resolve("junit.xml")))
          .contains("<skipped message=\"not tried: the run before it was halted");
    }
  }
}
