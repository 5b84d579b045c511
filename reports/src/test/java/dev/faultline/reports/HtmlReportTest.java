package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {

  private static String render(Journal run) {
    return EveryFormatTest.render(new HtmlReport(), run.summary());
  }

  @Test
  void nothingIsFetchedAndNothingIsRun() {
    Runs.all()
        .forEach(
            (name, run) ->
                assertThat(render(run))
                    .as(name)
                    .doesNotContainPattern("<(script|img|link|iframe|object|embed|base)\\b")
                    .doesNotContainPattern(
                        "(?i)<\\w+(\\s+[\\w:-]+(=\"[^\"]*\")?)*\\s+(on\\w+|style|src)=")
                    .doesNotContainPattern("href=\"(?!#)")
                    .doesNotContainPattern("url\\((?!#)"));
  }

  @Test
  void hostileTextIsShown() {
    assertThat(render(Hostile.run()))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "${7*7}", "⟨U+0000⟩", "⟨U+202E⟩")
        .doesNotContain("\u0000")
        .doesNotContain("\u202E")
        .containsOnlyOnce("</style>")
        .containsOnlyOnce("</title>\n<style>");
  }

  @Test
  void aRolloutIsToldWithItsEvidence() {
    assertThat(render(Rollouts.rolledBack()))
        .contains("Rolled back with evidence", "share-chart-desc", "evidence-2-desc", "rolled back")
        .contains("All traffic is back at stable: 2 of 2 undos proven");
    assertThat(render(Rollouts.promoted())).contains("Promoted with evidence");
    assertThat(render(Runs.frozen())).doesNotContain("share-chart", "Shifts of traffic");
  }

  @Test
  void hostileTextInARolloutIsShown() {
    assertThat(render(Rollouts.hostile(Hostile.TEXT)))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "${7*7}", "⟨U+202E⟩")
        .doesNotContain("<script")
        .containsOnlyOnce("</style>");
  }

  @Test
  void anHourOfLooksAtFiveGatesFitsIntoTwoMegabytes() {
    assertThat(render(Runs.hours(3600)).getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(2_000_000);
  }

  @Test
  void whatWasNotSeenIsSaid() {
    assertThat(render(Runs.frozen())).contains("t_mitigate was not seen: halt, rollback or repair");
    assertThat(render(Runs.blind())).contains("source unreachable (connect to localhost:9090");
    assertThat(render(Runs.died())).contains("may still be in force: run");
    assertThat(render(Runs.control())).contains("No fault was put into force: this is a control");
  }

  @Test
  void passwordsInAddressesAreLeftOut() {
    for (Format format : Format.all()) {
      assertThat(EveryFormatTest.render(format, Runs.frozen().summary())).doesNotContain("secret");
    }
  }

  @Test
  void headingsNeverSkipALevel() {
    Matcher heading = Pattern.compile("<h(\\d)").matcher(render(Runs.frozen()));
    int last = 0;
    while (heading.find()) {
      int level = Integer.parseInt(heading.group(1));
      assertThat(level).isLessThanOrEqualTo(last + 1);
      last = level;
    }
  }

  @Test
  void identifiersAreUnique() {
    Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(render(Runs.frozen()));
    assertThat(id.results().map(found -> found.group(1)).toList()).doesNotHaveDuplicates();
  }

  @Test
  void theMachinesLanguageAndTimeZoneDoNotMatter() {
    Locale language = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    for (Format format : Format.all()) {
      String here = EveryFormatTest.render(format, Runs.frozen().summary());
      try {
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        assertThat(EveryFormatTest.render(format, Runs.frozen().summary())).isEqualTo(here);
      } finally {
        Locale.setDefault(language);
        TimeZone.setDefault(zone);
      }
    }
  }
}
