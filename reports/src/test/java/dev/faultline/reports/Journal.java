package dev.faultline.reports;

import dev.faultline.judge.GateState;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Verdict;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.fault.Step;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the events of a run that never was, on a clock of its own. */
final class Journal {

  static final Instant BEGAN = Instant.parse("2026-03-14T09:26:53.500Z");

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, GateState> states = new LinkedHashMap<>();
  private Duration now = Duration.ZERO;

  Journal at(double seconds) {
    now = Duration.ofNanos(Math.round(seconds * 1e9));
    return this;
  }

  double seconds() {
    return now.toNanos() / 1e9;
  }

  Journal add(Event event) {
    entries.add(new Entry(entries.size(), BEGAN.plus(now), now, event));
    return this;
  }

  Journal phase(Phase phase) {
    return add(new Event.PhaseBegan(phase));
  }

  Journal read(Gate gate, Reading reading) {
    GateState before = states.getOrDefault(gate.name(), GateState.unread());
    GateState after = before.on(reading, now, gate.bound(), gate.mustLast());
    states.put(gate.name(), after);
    return add(new Event.GateRead(gate.name(), reading, after.status()));
  }

  Journal begin(StepRef ref, Step step, String shown) {
    double start = seconds();
    add(new Event.StepIntended(ref, step));
    at(start + 0.02).add(new Event.StepApplied(ref, new Effect.Done("")));
    return at(start + 0.14).add(new Event.StepVerified(ref, new Evidence(true, shown)));
  }

  Journal end(StepRef ref, String shown) {
    double start = seconds();
    add(new Event.UndoIntended(ref));
    at(start + 0.01).add(new Event.UndoApplied(ref, new Effect.Done("")));
    return at(start + 0.09).add(new Event.UndoVerified(ref, new Evidence(true, shown)));
  }

  Journal load(long second, long intended, Map<String, Long> errors, String histogram) {
    long failed = errors.values().stream().mapToLong(Long::longValue).sum();
    return add(
        new Event.LoadMeasured(
            new LoadInterval(
                second,
                BEGAN.plus(now),
                intended,
                intended,
                intended - failed,
                errors,
                histogram)));
  }

  Journal sight(Sighting.Kind kind, String source, String words) {
    return add(new Event.Sighted(new Sighting(kind, source, words)));
  }

  Journal stop(StopReason reason, String gate, String words) {
    return add(new Event.Stopping(reason, Optional.of(gate).filter(g -> !g.isEmpty()), words));
  }

  Journal conclude(Verdict.Reason... reasons) {
    return add(new Event.Concluded(Verdict.of(List.of(reasons))));
  }

  static Verdict.Reason reason(Outcome outcome, String subject, String words) {
    return new Verdict.Reason(outcome, subject, words);
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  RunSummary summary() {
    return RunSummary.of(entries);
  }
}
