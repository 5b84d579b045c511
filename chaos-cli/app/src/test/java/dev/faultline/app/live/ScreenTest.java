package dev.faultline.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScreenTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Optional<Size> size = Optional.of(new Size(24, 80));
  private final Screen screen =
      new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, () -> size);
  private final PrintStream above = screen.above();
  private final Terminal terminal = new Terminal(24);

  private List<String> seen() {
    terminal.write(bytes.toString(StandardCharsets.UTF_8));
    bytes.reset();
    List<String> text = terminal.text();
    while (!text.isEmpty() && text.getLast().isEmpty()) {
      text.removeLast();
    }
    return text;
  }

  private void paint(String... lines) {
    screen.paint(_ -> List.of(lines).stream().map(Line::of).toList());
  }

  @Test
  void linesScrollAboveWhatIsPainted() {
    paint("one", "two");
    above.println("told");
    paint("one", "three");
    above.println("told too");

    assertThat(seen()).containsExactly("told", "told too", "one", "three");
  }

  @Test
  void whateverIsPaintedAndToldTheLastPaintingStandsBelowAllThatWasTold() {
    Random chance = new Random(9);
    List<String> told = new ArrayList<>();
    String[] frame = {};
    for (int i = 0; i < 300; i++) {
      if (chance.nextBoolean()) {
        String line = "line " + i;
        told.add(line);
        above.println(line);
      } else {
        int step = i;
        frame =
            IntStream.range(0, 1 + chance.nextInt(12))
                .mapToObj(row -> "row " + row + " of " + (chance.nextBoolean() ? step : 0))
                .toArray(String[]::new);
        paint(frame);
      }
    }

    List<String> expected = new ArrayList<>(told);
    expected.addAll(List.of(frame));
    assertThat(seen()).isEqualTo(expected);
  }

  @Test
  void anUnchangedFrameCostsNothingAndAChangedLineOnlyItself() {
    paint("one", "two");
    seen();
    paint("one", "two");
    assertThat(bytes.size()).isZero();

    paint("one", "TWO");
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("TWO").doesNotContain("one");
  }

  @Test
  void eachChangeIsShownAtOnceAndLeavesTheCursorVisible() {
    paint("one");

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("\u001b[?2026h\u001b[?25l")
        .endsWith("\u001b[?25h\u001b[?2026l");
  }

  @Test
  void nothingIsWrittenWhileNobodyKnowsHowLargeTheTerminalIs() {
    paint("one");
    seen();
    size = Optional.empty();
    paint("two");
    above.println("told meanwhile");
    assertThat(bytes.size()).isZero();

    size = Optional.of(new Size(20, 60));
    paint("two");
    assertThat(seen()).containsExactly("told meanwhile", "two");
  }

  /** A terminal that gets narrower wraps the lines that are too long for it now. */
  @Test
  void ofWrappedLinesEveryRowIsPaintedOver() {
    paint("x".repeat(79), "short");
    bytes.reset();
    size = Optional.of(new Size(24, 40));
    paint("new");

    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\u001b[3A\u001b[J");
  }

  @Test
  void whenItIsClosedOnlyWhatWasToldStays() {
    paint("one", "two");
    above.println("told");
    screen.close();
    paint("never");
    above.println("told later");

    assertThat(seen()).containsExactly("told", "told later");
  }
}
