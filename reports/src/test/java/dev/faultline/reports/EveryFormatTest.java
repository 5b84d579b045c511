package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.event.Entry;
import dev.faultline.model.summary.RunSummary;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every format, whatever the run. */
final class EveryFormatTest {

  static Stream<Format> formats() {
    return Format.all().stream();
  }

  static String render(Format format, RunSummary run) {
    StringWriter out = new StringWriter();
    try {
      format.write(run, out);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toString();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aReportRenderedTwiceIsTheSame(Format format) {
    Runs.all()
        .forEach(
            (name, journal) -> {
              String first = render(format, journal.summary());
              String second = render(format, RunSummary.of(List.copyOf(journal.entries())));
              assertThat(second).as(name).isEqualTo(first);
            });
  }

  @Test
  void noTwoFormatsShareAFile() {
    assertThat(formats().map(Format::fileName))
        .containsExactly("report.html", "report.md", "report.json", "junit.xml");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aRunThatDiedAtAnyPointIsReported(Format format) {
    List<Entry> entries = Rich.run().entries();
    for (int length = 1; length <= entries.size(); length++) {
      assertThat(render(format, RunSummary.of(entries.subList(0, length)))).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void eventsInAnyOrderAreReported(Format format) {
    eventsInAnyOrderAreReported(format, Rich.run().entries(), 60);
    eventsInAnyOrderAreReported(format, Rollouts.rolledBack().entries(), 10);
  }

  private static void eventsInAnyOrderAreReported(Format format, List<Entry> entries, int seeds) {
    for (int seed = 0; seed < seeds; seed++) {
      List<Entry> shuffled = new ArrayList<>(entries.subList(1, entries.size()));
      Collections.shuffle(shuffled, new Random(seed));
      shuffled.addFirst(entries.getFirst());
      assertThat(render(format, RunSummary.of(shuffled))).as("seed %d", seed).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void noTextIsCutInTheMiddleOfACharacter(Format format) {
    for (String first : List.of("", "x")) {
      String text = render(format, Hostile.run(first + "😀".repeat(3000)).summary());
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
    }
    assertThat(
            StandardCharsets.UTF_8.newEncoder().canEncode(render(format, Hostile.run().summary())))
        .isTrue();
  }
}
