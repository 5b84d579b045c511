package dev.faultline.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.GateState.Status;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.event.StopReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class FrameTest {

  private static final Size USUAL = new Size(24, 80);
  private static final Size SMALL = new Size(12, 40);

  private static String at(double seconds, Story story, Size size, Glyphs glyphs) {
    Duration now = Duration.ofMillis(Math.round(seconds * 1000));
    return Frame.of(story.scene(), now, size, glyphs).stream()
        .map(line -> line.text().stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  private static String at(double seconds, Story story) {
    return at(seconds, story, USUAL, Glyphs.UNICODE);
  }

  @Test
  void aFaultInForceShowsItsTargetItsTimeLeftAndTheGates() {
    Story story =
        Story.inForce()
            .gate(26, "errors", 0.02, Status.BREACHED)
            .gate(26, "p99", 0.7, Status.INSIDE)
            .load(26.5, 4)
            .at(26.8, Story.sighted("orders ended"));

    assertThat(at(27, story))
        .isEqualTo(
            """
            trial                                              20260314-092653-trial  27.0s
            ├ ✓ prepare   4.0s
            ├ ✓ baseline  10.0s
            ├ ● faults    13.0s of 1m00s
            │ └ ● freeze-orders  freeze                               ██░░░░░░░░   48s left
            │   └ ● orders  process orders: stopped
            └ ○ recovery  at most 30s
            ✗ errors  2%     below 1%     ▁█
            ✓ p99     700ms  below 800ms  ▁█
            load 100/s · 96% answered · p99 unknown · http 503                            ?
                 0s ago  supervisor: orders ended
            lease 10s of 10s · should the run die, all ends by itself within 11s\
            """);
  }

  @Test
  void onASmallTerminalWhatMattersStays() {
    Story story = Story.inForce().gate(26, "errors", 0.02, Status.BREACHED).load(26.5, 4);

    assertThat(at(27, story, SMALL, Glyphs.UNICODE))
        .isEqualTo(
            """
            trial      20260314-092653-trial  27.0s
            └ ● faults    13.0s of 1m00s
              └ ● freeze-orders  freeze    48s left
                └ ● orders  process orders: stopped
            ✗ errors  2%    below 1%     ▁█
            ✓ p99     20ms  below 800ms  ▁
            load 100/s · 96% answered · p99 unknow…
            lease 10s of 10s · over within 11s\
            """);
  }

  @Test
  void noLineIsWiderAndNoFrameHigherThanItsTerminal() {
    Story story = Story.inForce().gate(26, "errors", 0.02, Status.BREACHED).load(26.5, 4);
    for (int rows = 1; rows <= 50; rows += 3) {
      for (int columns = 1; columns <= 140; columns += 7) {
        List<Line> lines =
            Frame.of(
                story.scene(), Duration.ofSeconds(27), new Size(rows, columns), Glyphs.UNICODE);
        int width = Math.max(1, columns - 1);
        assertThat(lines.size()).isBetween(1, Math.max(1, rows - 2));
        assertThat(lines).allMatch(line -> line.width() <= width);
      }
    }
  }

  @Test
  void withoutUnicodeNothingButAsciiIsShown() {
    Story story = Story.inForce().gate(26, "errors", 0.02, Status.BREACHED).load(26.5, 4);

    assertThat(at(27, story, USUAL, Glyphs.ASCII))
        .matches("\\p{ASCII}*")
        .contains("|-+ prepare", "| `-* freeze-orders", "##--------", "x errors");
  }

  @Test
  void aFaultIsPlannedThenBeginsThenIsInForceThenEndsThenIsProvenOver() {
    Story story = Story.baseline();
    assertThat(at(14, story)).contains("○ freeze-orders  freeze at orders");
    story.at(14.1, new Event.StepIntended(Story.FUSE, Story.step(Story.fuse())));
    assertThat(at(14.6, story)).contains("● freeze-orders").contains("beginning 0.5s");

    Story later = Story.inForce();
    assertThat(at(15, later)).contains("1m00s left");
    later.at(75, new Event.UndoIntended(Story.FREEZE));
    assertThat(at(75.2, later)).contains("ending 0.2s");
    later
        .at(75.4, new Event.UndoVerified(Story.FREEZE, new Evidence(true, "orders runs")))
        .at(75.5, Story.ended(true));
    assertThat(at(76, later))
        .contains("✓ freeze-orders", "over, proven", "✓ orders  orders runs")
        .doesNotContain("lease");
  }

  @Test
  void aStepThatIsHeldSaysWhyForHowLongAndWhatEvidenceThereIs() {
    Story story = Story.rollout();
    assertThat(at(42, story))
        .contains("errors  13 to 1 that it is worse, 0.4 to 1 that it is not; 100 to 1 needed")
        .doesNotContain("held");

    story.at(50, new Event.Held("20%: errors looks worse"));
    assertThat(at(62, story)).contains("held 12.0s  20%: errors looks worse");

    story.at(
        70, new Event.StepIntended(new StepRef("canary", 1, "here", 1), Story.step(Story.fuse())));
    assertThat(at(71, story)).contains("errors  13 to 1").doesNotContain("held");
  }

  @Test
  void whatIsNotProvenOverIsLoud() {
    Story story = Story.inForce().at(76, Story.ended(false));

    assertThat(at(77, story)).contains("✗ freeze-orders", "NOT PROVEN OVER");
  }

  @Test
  void aRunThatGivesNoSignOfLifeIsSaidToAndWhenItsFaultsEnd() {
    Story story = Story.inForce();

    assertThat(at(19, story)).contains("lease 6s of 10s").doesNotContain("no sign of life");
    assertThat(at(21, story))
        .contains("lease 4s of 10s · no sign of life for 6s; all ends by itself in 5s");
    assertThat(at(40, story)).contains("lease 0s of 10s", "ends by itself in 0s");
  }

  @Test
  void aRunThatLeavesItsTimelineSaysWhyAndWhatWasSkipped() {
    Story story =
        Story.baseline()
            .at(16, new Event.Stopping(StopReason.HALTED, Optional.empty(), "stopped by SIGINT"))
            .at(16, new Event.PhaseBegan(Phase.CLOSED));

    assertThat(at(17, story)).contains("stopping: stopped by SIGINT", "○ recovery  skipped");
  }

  @Test
  void textOfOthersCannotMoveTheCursor() {
    Story story = Story.inForce().at(16, Story.sighted("\u001b[2Jgone\r\u202e"));

    assertThat(at(17, story)).doesNotContain("\u001b", "\r", "\u202e").contains("[2Jgone");
  }

  @Test
  void beforeTheFirstEventThereIsSomethingToSeeToo() {
    assertThat(at(0.1, new Story())).startsWith("starting").contains("0.1s");
  }

  @Test
  void theStartOfARunForgetsTheOneBefore() {
    Story story = Story.inForce();
    story.at(0, story.scene().start().orElseThrow());

    assertThat(story.scene().faults()).isEmpty();
    assertThat(story.scene().plan()).isEmpty();
  }
}
