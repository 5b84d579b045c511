package dev.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Outcome;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Verdict;
import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.document.RolloutStep;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Local;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Step;
import dev.faultline.model.rollout.Comparison;
import dev.faultline.model.rollout.Errors;
import dev.faultline.model.rollout.Routing;
import dev.faultline.model.route.Haproxy;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.Instance;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RolloutViewTest {

  private static final Instant BEGAN = Instant.parse("2026-03-14T09:26:53Z");
  private static final StepRef FIRST = new StepRef(RolloutSpec.SHIFT, 0, "here", 1);
  private static final RolloutSpec SPEC =
      new RolloutSpec(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          "v1",
          "v2",
          new Routing(new Haproxy("/run/front.sock", "orders", "v1", "v2")),
          List.of(
              new RolloutStep(Quantity.parse("20%"), Optional.empty(), Optional.empty()),
              new RolloutStep(Quantity.parse("50%"), Optional.empty(), Optional.empty())),
          List.of(),
          List.of(
              new Comparison(
                  Optional.empty(),
                  new Errors("bad{v=\"${version}\"}", "all{v=\"${version}\"}"),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty())),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final List<Entry> entries = new ArrayList<>();

  private void at(double seconds, Event event) {
    Duration elapsed = Duration.ofMillis(Math.round(seconds * 1000));
    entries.add(new Entry(entries.size(), BEGAN.plus(elapsed), elapsed, event));
  }

  private void begin() {
    at(
        0,
        new Event.RunStarted(
            "told",
            "orders-v2",
            SPEC.experiment(),
            new EnvironmentSpec(new Local(Map.of()), Optional.empty(), Optional.empty(), Map.of()),
            "orders-v2.yaml",
            "/srv",
            false,
            "Linux",
            "0.1.0",
            Optional.of(SPEC)));
    Step first =
        SPEC.shift()
            .plan(
                new Instance.Here(),
                new Fault.Setting(RolloutSpec.SHIFT, Duration.ofMinutes(2), Duration.ofSeconds(10)))
            .getLast();
    shift(10, FIRST, first);
    compared(20, new Traffic(100, 4), new Traffic(400, 2), 1, 0);
  }

  private void shift(double seconds, StepRef ref, Step step) {
    at(seconds, new Event.StepIntended(ref, step));
    at(seconds, new Event.StepVerified(ref, new Evidence(true, "shown")));
  }

  private void next(double seconds, int occurrence, double share) {
    shift(
        seconds,
        new StepRef(RolloutSpec.SHIFT, occurrence, "here", 1),
        SPEC.shift().to(share, Optional.empty(), 0));
  }

  private void compared(
      double seconds, Traffic canary, Traffic stable, double worse, double notWorse) {
    at(
        seconds,
        new Event.Compared(
            "errors", Optional.of(new Look(canary, stable)), Optional.empty(), worse, notWorse));
  }

  private String printed(Outcome outcome, String words) {
    at(50, new Event.Concluded(Verdict.of(List.of(new Verdict.Reason(outcome, "run", words)))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Page page = new Page(new PrintStream(out, true, StandardCharsets.UTF_8), false, 100);
    new VerdictView(page).print(RunSummary.of(entries), Path.of("/srv/report.html"));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aRollBackTellsItsStepsItsBlameAndItsExposure() {
    begin();
    next(31, 1, 0.5);
    compared(38, new Traffic(1100, 30), new Traffic(80, 1), 9, -1);
    at(39, new Event.Stopping(StopReason.CANARY_WORSE, Optional.empty(), "errors: worse"));
    at(39.2, new Event.UndoVerified(FIRST, new Evidence(true, "0% to the canary")));
    assertThat(printed(Outcome.ROLLED_BACK, "errors: worse"))
        .isEqualTo(
            """

            ROLLED BACK WITH EVIDENCE orders-v2: errors: worse
              undo        1 of 1 steps proven undone
              steps       20% for 21s, 50% for 8.2s, then back
              blamed      errors: 34 of 1200 requests failed at the canary, 3 of 480 at stable
              exposure    1,200 requests met the canary, of these 34 failed
              detected    29s after its first traffic
              traffic     back at stable 200ms after the stop
              report      /srv/report.html
            """);
  }

  @Test
  void whatStaysOnPurposeIsNoMissingUndo() {
    begin();
    next(20.5, 1, 0.5);
    next(30, 2, 1);
    compared(35, new Traffic(500, 2), new Traffic(0, 0), -1, 2);
    at(40, new Event.Promoted(RolloutSpec.SHIFT, "without evidence"));
    assertThat(printed(Outcome.PASSED, "v2 serves all traffic"))
        .contains("PROMOTED WITHOUT EVIDENCE orders-v2: v2 serves all traffic")
        .contains("  undo        nothing to undo")
        .contains("  steps       20% for 10.5s, 50% for 9.5s, all traffic for 10s, then promoted")
        .contains("  not shown   errors: 6 of 600 requests failed at the canary, 2 of 400")
        .contains("  traffic     all at the canary, for good")
        .doesNotContain("steady", "detected");
  }

  @Test
  void trafficThatIsNotKnownToBeBackIsSaid() {
    begin();
    assertThat(printed(Outcome.HALTED, "stopped"))
        .contains("HALTED: IT IS NOT KNOWN WHERE TRAFFIC GOES orders-v2: stopped")
        .contains("  traffic     not known to be at stable");
  }
}
