package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MarkdownReportTest {

  private static String render(Journal run) {
    return EveryFormatTest.render(new MarkdownReport(), run.summary());
  }

  @Test
  void theOutcomeTheFirstReasonAndThePromiseComeFirst() {
    assertThat(render(Runs.frozen()).lines().filter(line -> !line.isBlank()).limit(4))
        .containsExactly(
            "### ❌ Failed: orders-survive-freeze",
            "**errors: read 38.21%, must be below 1%, for 19 s while frozen.**",
            "Hypothesis: Orders keep their error rate and latency while their service is frozen"
                + " for 20 s.",
            "Every fault ended: 2 of 2 undos proven.");
  }

  @Test
  void everyRowOfATableHasAsManyCellsAsItsHead() {
    Runs.all().forEach((name, run) -> assertRowsFit(name, render(run).lines().toList()));
  }

  private static void assertRowsFit(String name, List<String> lines) {
    long cells = 0;
    for (String line : lines) {
      long here = line.startsWith("|") ? line.chars().filter(letter -> letter == '|').count() : 0;
      assertThat(here == 0 || cells == 0 || here == cells).as("%s: %s", name, line).isTrue();
      cells = here;
    }
  }

  @Test
  void hostileTextStaysText() {
    String text = render(Hostile.run());
    String ours = text.replaceAll("</?(details|summary)>", "");
    assertThat(ours).doesNotContain("<").doesNotContain("`").doesNotContain("](");
    assertThat(text).doesNotContain("@everyone").doesNotContain("www.").doesNotContain("://evil");
    assertThat(text).contains("⟨U+202E⟩").doesNotContain("\u202E").doesNotContain("\u0000");
    assertThat(text.lines()).noneMatch(line -> line.startsWith("# "));
  }

  @Test
  void itFitsIntoAComment() {
    Runs.all().forEach((name, run) -> assertThat(render(run)).as(name).hasSizeLessThan(65_536));
    assertThat(render(Runs.hours(600))).hasSizeLessThan(65_536);
  }

  @ParameterizedTest
  @CsvSource({
    "t_inject, t_inject",
    "_x_, &#95;x&#95;",
    "a: b 10:30, a: b 10:30",
    "http://x, http&#58;//x",
    "1. one, 1&#46; one",
    "2.5 s, 2.5 s",
    "- a, &#45; a",
    "-1, -1",
    "see #12, see &#35;12",
    "a|b, a&#124;b",
  })
  void onlyWhatActsIsEscaped(String text, String escaped) {
    assertThat(MarkdownFormat.INSTANCE.escapePlainText(text)).isEqualTo(escaped);
  }
}
