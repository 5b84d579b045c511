package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shop does against trouble is seen, and told. */
@Tag("slow")
final class DefencesTest {

  @TempDir private Path temp;

  /** Whether the last step is served is up to the machine; that it is measured and undone is not. */
  @Test
  void a_surge_is_measured_step_by_step_and_taken_back() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = cli.run("run", "examples/shop/surge.yaml");

      assertThat(run.exit()).as(run.out() + run.err()).isIn(0, 1);
      assertThat(run.out()).contains("1 of 1 steps proven undone");
      assertThat(run.err()).contains("fault surge is in force", "fault surge is over");
      assertThat(report(cli))
          .contains("| Rate asked | From | For | Rate answered |")
          .containsPattern("\\| 100/s \\| .*\n\\| 200/s .*\n(?s:.*)\\| 100/s \\| ");
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void a_breaker_is_seen_to_open_and_close_and_its_fallback_to_answer() throws Exception {
    try (Cli cli = new Cli(temp)) {
      Ended run = cli.run("run", "examples/shop/breaker.yaml");

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
      assertThat(report(cli))
          .containsPattern("Breaker of orders opened .* after the first effect, .*and closed")
          .containsPattern("Fallback accepted for later answered about .* requests");
    }
  }

  private static String report(Cli cli) throws Exception {
    return Files.readString(cli.latest().resolve("report.md"));
  }
}
