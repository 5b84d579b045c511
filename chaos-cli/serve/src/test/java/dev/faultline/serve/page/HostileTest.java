package dev.faultline.serve.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.gameday.course.Note;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.Samples;
import dev.faultline.serve.days.Diary;
import dev.faultline.serve.days.Lately;
import dev.faultline.serve.runs.Brief;
import dev.faultline.serve.runs.Catalogue;
import dev.faultline.serve.runs.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Text of others is shown, and never interpreted. */
final class HostileTest {

  private static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");

  private final Pages pages = new Pages("0.1");
  private final RunSummary run =
      RunSummary.of(Objects.requireNonNull(Samples.events().get("hostile"), "hostile"));
  private final Brief brief = Brief.over("20260314-092653-hostile", new Told.Run(run, true));

  private String page(Screen screen) {
    return pages.page(screen, Optional.of("/live"), Optional.of("<i>why</i>"), NOW);
  }

  @Test
  void noTextOfARunIsMarkup() {
    Catalogue runs = new Catalogue(List.of(brief), 0, Optional.of("<i>why</i>"), Optional.empty());
    Note dropped = new Note.Dropped("<b>day", NOW, "<img src=x onerror=alert(1)>", NOW);
    Diary.Entries entries =
        new Diary(Optional.empty(), Lately.asked(_ -> List.of(dropped)))
            .entries(NOW, Duration.ofDays(1));
    for (Screen screen :
        List.of(
            RunPage.of(brief, run),
            RunPage.untold(brief, "<script>alert(1)</script>"),
            CalendarPage.of(entries, 31),
            Overview.of(runs, entries),
            HistoryPage.of(runs, new Chosen("\"><script>alert(1)</script>", "", 1)),
            TrendPage.list(runs))) {
      assertThat(page(screen))
          .as(screen.name())
          .contains("</html>")
          .doesNotContain("<script>", "<img", "<i>", "href=\"javascript:")
          .doesNotContainPattern("<[a-z][^<>]* on[a-z]+=")
          .doesNotContainPattern("[\\x00-\\x08\\u202A-\\u202E\\u2066-\\u2069]");
    }
  }
}
