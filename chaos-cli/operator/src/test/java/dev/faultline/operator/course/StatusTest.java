package dev.faultline.operator.course;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Step;
import dev.faultline.model.world.Action;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class StatusTest {

  private final Progress progress = new Progress();
  private long number;

  private void happens(Event event) {
    progress.accept(
        new Entry(number, Objects.NOW.plusSeconds(number), Duration.ofSeconds(number), event));
    number++;
  }

  private static StepRef ref(int occurrence) {
    return new StepRef("settings", occurrence, "configMap settings", 0);
  }

  private static Step step() {
    Action back = new Action.EndHolders();
    return new Step(back, Optional.empty(), Optional.of(new Step.Undo(back, Optional.empty())));
  }

  private Status now() {
    return progress.of(new Telling(Objects.fresh(), Objects.NOW).running("run-1", "r1"));
  }

  @Test
  void whatMayBeInForceIsToldFromItsIntentToTheProofOfItsUndo() {
    happens(new Event.PhaseBegan(Phase.FAULTS));
    happens(new Event.StepIntended(ref(0), step()));
    assertThat(now().openFaults()).isEqualTo(1);
    assertThat(now().inForce().getFirst()).contains("settings at configMap settings", "undone by:");

    happens(new Event.UndoVerified(ref(0), new Evidence(false, "it is there still")));
    assertThat(now().openFaults()).isEqualTo(1);
    happens(new Event.UndoVerified(ref(0), new Evidence(true, "it is gone")));
    assertThat(now().openFaults()).isZero();
    assertThat(now().events().getFirst()).isEqualTo("0.0s faults");
  }

  @Test
  void aRunOfManyFaultsStaysBelowWhatAnObjectMayHold() {
    for (int i = 0; i < 2_000; i++) {
      happens(new Event.StepIntended(ref(i), step()));
      happens(new Event.FaultBegan("f".repeat(60), i, new Evidence(false, "x".repeat(5_000))));
    }
    Status status = now();
    assertThat(status.openFaults()).isEqualTo(2_000);
    assertThat(status.inForce().getLast()).isEqualTo("and 1900 more");
    assertThat(status.patch().toString().length()).isLessThan(65_536);
  }

  @Test
  void itIsReadAsItWasWrittenAndWhatAnotherVersionWroteIsNot() {
    happens(new Event.PhaseBegan(Phase.BASELINE));
    Status running = now();
    Status ended =
        new Telling(Objects.running("r1"), Objects.NOW)
            .ended(running, Outcome.UNDO_NOT_PROVEN, "it is there still");

    assertThat(Status.read(running.patch())).contains(running);
    assertThat(Status.read(ended.patch())).contains(ended);
    assertThat(ended.verdict()).contains("undo not proven");
    assertThat(ended.exitCode()).contains(7);
    assertThat(ended.openFaults()).isEqualTo(1);
    JsonNode foreign = Codec.json().readTree("{\"phase\": \"Flying\"}");
    assertThat(Status.read(foreign)).as("written by a newer one: nobody's business here").isEmpty();
    assertThat(Status.read(Codec.json().nullNode())).contains(Status.NONE);
  }

  @Test
  void whatAPersonIsAskedIsToldUntilItIsAnswered() {
    happens(new Event.ApprovalAsked(1, "step 2 waits for an approval", Optional.empty()));
    assertThat(now().awaits()).contains("run-1/2");
    assertThat(now().message()).contains("step 2 waits for an approval");
    happens(new Event.Approved(1, "alice", ""));
    assertThat(now().awaits()).isEmpty();
    assertThat(now().patch().get("awaits").isNull()).isTrue();
  }

  @Test
  void whatIsNoLongerSoIsTakenAway() {
    Status ended = new Telling(Objects.running("r1"), Objects.NOW).ended(now(), Outcome.PASSED, "");
    assertThat(ended.patch().get("holder").isNull()).isTrue();
    assertThat(ended.patch().get("inForce")).isEmpty();
    assertThat(ended.conditions())
        .filteredOn(Condition::holds)
        .extracting(Condition::type)
        .containsExactly("Accepted", "Completed");
  }

  @Test
  void aRunThatWasRefusedTouchedNothing() {
    Status refused =
        new Telling(Objects.running("r1"), Objects.NOW)
            .ended(now(), Outcome.REFUSED, "a policy forbids it");
    assertThat(refused.patch().get("phase").asString()).isEqualTo("Refused");
    assertThat(refused.settles(Objects.running("r1"))).isTrue();
  }

  @Test
  void eachGenerationAndEachRequestHasARunOfItsOwn() {
    Seen seen = Objects.fresh();
    assertThat(RunNames.of(seen)).isEqualTo("killed-pods-3f0c9a1e-1").matches("[a-z0-9-]{1,63}");
    assertThat(RunNames.of(Objects.changed(seen))).isNotEqualTo(RunNames.of(seen));
    assertThat(RunNames.of(Objects.annotated(seen, Map.of(Seen.AGAIN, "2026-11-28 12:00"))))
        .isNotEqualTo(RunNames.of(seen))
        .matches("[a-z0-9-]{1,63}");
  }
}
