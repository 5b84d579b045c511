package dev.faultline.reports;

import static dev.faultline.reports.Journal.reason;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Reading;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Sighting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs that a report must be able to tell about. */
final class Runs {

  private static final String NAME = "orders-survive-freeze";
  private static final String BELIEF =
      "Orders keep their error rate and latency while their service is frozen for 20 s.";
  private static final List<Gate> THREE = List.of(Shop.ERRORS, Shop.P99, Shop.RATE);

  private Runs() {}

  static Map<String, Journal> all() {
    Map<String, Journal> all = new LinkedHashMap<>();
    all.put("passed", passed());
    all.put("frozen", frozen());
    all.put("aborted", aborted());
    all.put("blind", blind());
    all.put("died", died());
    all.put("control", control());
    all.put("undo-not-proven", undoNotProven());
    all.putAll(Failovers.all());
    all.put("watched", Defences.watched());
    all.putAll(Rollouts.all());
    all.put("hostile", Hostile.run());
    return all;
  }

  /** The load dips and the gates are breached while orders are frozen; all returns. */
  static Journal frozen() {
    Journal journal = open(NAME, BELIEF, false);
    watch(journal, 3, 23, 0);
    journal.at(23).phase(Phase.FAULTS);
    freeze(journal);
    watch(journal, 24, 43, 1);
    journal.at(43).phase(Phase.UNDO);
    thaw(journal);
    journal.at(44).phase(Phase.RECOVERY);
    watch(journal, 44, 52, 0.6);
    watch(journal, 52, 74, 0);
    return journal
        .at(74.2)
        .phase(Phase.CLOSED)
        .conclude(
            reason(
                Outcome.FAILED, "errors", "read 38.21%, must be below 1%, for 19 s while frozen"),
            reason(Outcome.FAILED, "p99", "read 4.87s, must be below 800ms"));
  }

  static Journal passed() {
    Journal journal = open(NAME, BELIEF, false);
    watch(journal, 3, 23, 0);
    journal.at(23).phase(Phase.FAULTS);
    freeze(journal);
    watch(journal, 24, 43, 0.012);
    journal.at(43).phase(Phase.UNDO);
    thaw(journal);
    journal.at(44).phase(Phase.RECOVERY);
    watch(journal, 44, 60, 0);
    return journal.at(60.2).phase(Phase.CLOSED).conclude();
  }

  /** A gate withdraws the fault early. */
  static Journal aborted() {
    Journal journal = open(NAME, BELIEF, false);
    watch(journal, 3, 23, 0);
    journal.at(23).phase(Phase.FAULTS);
    freeze(journal);
    watch(journal, 24, 29, 1);
    journal
        .at(29.1)
        .stop(StopReason.GATE_BREACHED, "p99", "gate p99 read 4.9s, must be below 800ms");
    journal.phase(Phase.UNDO);
    thaw(journal);
    journal.at(30).phase(Phase.RECOVERY);
    watch(journal, 30, 44, 0);
    return journal
        .at(44.1)
        .phase(Phase.CLOSED)
        .conclude(reason(Outcome.FAILED, "p99", "read 4.9s, must be below 800ms; the run aborted"));
  }

  /** Prometheus is away from the middle on. */
  static Journal blind() {
    Journal journal = open(NAME, BELIEF, false);
    watch(journal, 3, 23, 0);
    journal.at(23).phase(Phase.FAULTS);
    freeze(journal);
    for (int second = 24; second < 36; second++) {
      journal.at(second);
      for (Gate gate : THREE) {
        journal.read(
            gate, new Reading.Blind(BlindReason.UNREACHABLE, "connect to localhost:9090 refused"));
      }
    }
    journal.at(36).stop(StopReason.GATE_BLIND, "errors", "gate errors was blind for 12 looks");
    journal.phase(Phase.UNDO);
    thaw(journal);
    journal.at(37).phase(Phase.RECOVERY);
    watch(journal, 37, 47, 0);
    return journal
        .at(47)
        .phase(Phase.CLOSED)
        .conclude(
            reason(Outcome.INCONCLUSIVE, "errors", "could not be read while orders were frozen"));
  }

  /** The controller is killed while the fault is in force. */
  static Journal died() {
    Journal journal = open(NAME, BELIEF, false);
    watch(journal, 3, 23, 0);
    journal.at(23).phase(Phase.FAULTS);
    freeze(journal);
    watch(journal, 24, 31, 1);
    return journal;
  }

  static Journal control() {
    Journal journal = open(NAME, BELIEF, true);
    watch(journal, 3, 23, 0);
    journal.at(23).phase(Phase.FAULTS);
    watch(journal, 24, 43, 0);
    journal.at(43).phase(Phase.RECOVERY);
    watch(journal, 44, 60, 0);
    return journal.at(60).phase(Phase.CLOSED).conclude();
  }

  static Journal undoNotProven() {
    Journal journal = open(NAME, BELIEF, false);
    watch(journal, 3, 23, 0);
    journal.at(23).phase(Phase.FAULTS);
    freeze(journal);
    watch(journal, 24, 43, 1);
    journal.at(43).phase(Phase.UNDO).add(new Event.UndoIntended(Shop.ref(1)));
    journal.add(
        new Event.UndoApplied(Shop.ref(1), new Effect.Failed("kill: operation not permitted")));
    journal
        .at(48)
        .add(
            new Event.UndoVerified(
                Shop.ref(1),
                new Evidence(false, "state of process orders: asked for running, was stopped")));
    return journal
        .at(49)
        .phase(Phase.CLOSED)
        .conclude(
            reason(Outcome.UNDO_NOT_PROVEN, "freeze-orders", "orders is still stopped after 5 s"),
            reason(Outcome.FAILED, "errors", "read 38.21%, must be below 1%"));
  }

  /** A run with looks every second at five gates. */
  static Journal hours(int seconds) {
    Journal journal = new Journal().add(Shop.started(NAME, BELIEF, false, Shop.FIVE));
    journal.phase(Phase.PREPARE).add(new Event.Planned(Shop.plan(Shop.FIVE)));
    journal.at(1).phase(Phase.BASELINE);
    watch(journal, 2, seconds / 3, 0);
    journal.at(seconds / 3.0).phase(Phase.FAULTS);
    freeze(journal);
    watch(journal, seconds / 3 + 1, 2 * seconds / 3, 0.7);
    journal.at(2 * seconds / 3.0).phase(Phase.UNDO);
    thaw(journal);
    journal.phase(Phase.RECOVERY);
    watch(journal, 2 * seconds / 3 + 1, seconds, 0);
    return journal
        .at(seconds)
        .phase(Phase.CLOSED)
        .conclude(reason(Outcome.FAILED, "errors", "read 31.4%, must be below 1%"));
  }

  private static Journal open(String name, String belief, boolean control) {
    Journal journal = new Journal().add(Shop.started(name, belief, control));
    journal.phase(Phase.PREPARE);
    journal.at(1.2).sight(Sighting.Kind.PROGRESS, "lab", "orders is ready");
    journal.at(1.5).add(new Event.Planned(Shop.plan(THREE)));
    return journal.at(3).phase(Phase.BASELINE);
  }

  private static void freeze(Journal journal) {
    journal.begin(
        Shop.ref(0), Shop.steps().get(0), "state of fuse freeze-orders.orders: armed after 120 ms");
    journal.begin(
        Shop.ref(1), Shop.steps().get(1), "state of process orders: stopped after 118 ms");
    journal
        .at(journal.seconds() + 3.2)
        .sight(Sighting.Kind.DETECTED, "supervisor", "health check of orders failed 3 times");
  }

  private static void thaw(Journal journal) {
    journal.sight(Sighting.Kind.NOTE, "supervisor", "orders answers its health check again");
    journal.end(Shop.ref(1), "state of process orders: running after 80 ms");
    journal.end(Shop.ref(0), "state of fuse freeze-orders.orders: not armed after 79 ms");
  }

  private static void watch(Journal journal, int from, int to, double damage) {
    List<Gate> gates =
        journal.entries().getFirst().event() instanceof Event.RunStarted start
            ? start.spec().gates()
            : List.of();
    for (int second = from; second < to; second++) {
      Random noise = new Random(second);
      journal.at(second + 0.4);
      Map<String, Long> errors =
          damage < 0.1
              ? Map.of()
              : Map.of("timeout", (long) (60 * damage), "http 503", 10L + noise.nextInt(14));
      journal.load(
          second,
          200,
          errors,
          Traffic.histogram(
              second, 200, (long) (11_000 + 700_000 * damage), (long) (90_000 + 4e6 * damage)));
      for (Gate gate : gates) {
        journal.read(gate, new Reading.Value(value(gate, damage, noise)));
      }
    }
  }

  private static double value(Gate gate, double damage, Random noise) {
    double wave = noise.nextDouble();
    return switch (gate.name()) {
      case "errors" -> 0.0004 + 0.003 * wave * wave + damage * (0.28 + 0.1 * wave);
      case "p99" -> 0.18 + 0.14 * wave + damage * (3.9 + 0.9 * wave);
      case "throughput" -> 200 - 6 * wave - damage * (75 + 12 * wave);
      case "queue depth" -> 40 + 60 * wave + damage * (600 + 100 * wave);
      default -> damage > 0.5 && wave < 0.1 ? 0 : 1;
    };
  }
}
