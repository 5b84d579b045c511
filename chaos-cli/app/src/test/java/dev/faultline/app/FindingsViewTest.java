package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.summary.RunSummary;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FindingsViewTest {

  private static String printed(Optional<Long> lost) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Page page = new Page(new PrintStream(out, true, StandardCharsets.UTF_8), false, 100);
    Told run = new Told("told", Duration.ofMillis(3600), lost);
    new FindingsView(page).print(RunSummary.of(run.entries()));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void outageAndLossAreALineEach() {
    assertThat(printed(Optional.of(0L)))
        .isEqualTo(
            """
              outage      3.6s (RTO)
              lost        0 of 12,345 acknowledged writes (RPO 0)
            """);
  }

  @Test
  void aLossSaysHowOldAndWhatToChange() {
    assertThat(printed(Optional.of(7L)))
        .contains("  lost        7 of 12,345 acknowledged writes (RPO 1.9s)")
        .contains("  finding     7 acknowledged writes were lost, the oldest 1.9 s old");
  }

  @Test
  void whatCouldNotBeCountedIsSaid() {
    assertThat(printed(Optional.empty()))
        .contains("  lost        not known: no primary answers")
        .contains("  finding     What was lost is not known");
  }
}
