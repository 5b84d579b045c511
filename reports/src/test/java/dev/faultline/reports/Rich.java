package dev.faultline.reports;

import static dev.faultline.reports.Journal.reason;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Reading;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Sighting;
import java.util.Map;

/** A short run in which everything happens that can happen. */
final class Rich {

  private Rich() {}

  static Journal run() {
    Journal journal = new Journal().add(Shop.started("rich", "All of it", false, Shop.FIVE));
    journal.phase(Phase.PREPARE).at(0.5).sight(Sighting.Kind.PROGRESS, "lab", "ready");
    journal.add(new Event.Planned(Shop.plan(Shop.FIVE))).at(1).phase(Phase.BASELINE);
    journal.load(0, 200, Map.of(), Traffic.histogram(1, 200, 9000, 20_000));
    Shop.FIVE.forEach(gate -> journal.read(gate, new Reading.Value(0.001)));
    journal.at(2).phase(Phase.FAULTS);
    journal.begin(Shop.ref(0), Shop.steps().get(0), "armed");
    journal.begin(Shop.ref(1), Shop.steps().get(1), "stopped");
    StepRef other = new StepRef("freeze-orders", 1, "orders", 1);
    journal.add(new Event.StepIntended(other, Shop.steps().get(1)));
    journal.add(new Event.StepApplied(other, new Effect.Failed("no such process")));
    journal.add(new Event.StepVerified(other, new Evidence(false, "asked for stopped, was gone")));
    journal.at(3).load(1, 200, Map.of("timeout", 7L, "http 503", 9L), "");
    journal.read(Shop.ERRORS, new Reading.Value(0.4)).read(Shop.P99, new Reading.Value(5));
    journal.read(Shop.RATE, new Reading.Blind(BlindReason.NAN, "0 / 0"));
    journal.read(Shop.QUEUE, new Reading.Value(Double.NEGATIVE_INFINITY));
    journal.read(Shop.REPLICAS, new Reading.Value(Double.MAX_VALUE));
    journal.sight(Sighting.Kind.DETECTED, "supervisor", "orders does not answer");
    journal.at(6).read(Shop.ERRORS, new Reading.Value(0.5));
    journal.sight(Sighting.Kind.MITIGATED, "supervisor", "orders is started again");
    journal.stop(StopReason.GATE_BREACHED, "errors", "gate errors read 50%");
    journal.phase(Phase.UNDO).end(Shop.ref(1), "running").end(Shop.ref(0), "not armed");
    journal.add(new Event.UndoIntended(other));
    journal.add(new Event.UndoApplied(other, new Effect.Superseded("another process")));
    journal.add(new Event.UndoVerified(other, new Evidence(true, "gone")));
    journal.at(8).phase(Phase.RECOVERY);
    Shop.FIVE.forEach(gate -> journal.read(gate, new Reading.Value(0.002)));
    journal.sight(Sighting.Kind.NOTE, "supervisor", "orders is well");
    journal.at(9).stop(StopReason.HALTED, "", "Ctrl-C");
    return journal
        .phase(Phase.CLOSED)
        .conclude(
            reason(Outcome.HALTED, "run", "Ctrl-C"), reason(Outcome.FAILED, "errors", "read 50%"));
  }
}
