package dev.faultline.testkit;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClockReading;
import dev.faultline.model.world.ClockShift;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The clocks of the processes of a fake world; those that nothing restarts have none to set. */
final class FakeClocks {

  private final Map<String, FakeProcess> processes;
  private final Map<String, ClockShift> shifted = new TreeMap<>();

  FakeClocks(Map<String, FakeProcess> processes) {
    this.processes = processes;
  }

  Effect shift(Action.ShiftClock order) {
    shifted.put(order.process(), order.shift());
    return again(order.process());
  }

  Effect restore(Action.RestoreClock order) {
    return shifted.remove(order.process()) == null
        ? new Effect.Done("its clock was right")
        : again(order.process());
  }

  private Effect again(String name) {
    Optional.ofNullable(processes.get(name)).ifPresent(FakeProcess::startAgain);
    return new Effect.Done("started again");
  }

  Answer possible(Query.ClockPossible query) {
    FakeProcess process = processes.get(query.process());
    return new Answer.ClockCanBe(
        process != null && process.isSupervised()
            ? Optional.empty()
            : Optional.of("nothing starts %s again".formatted(query.process())));
  }

  Answer status(Query.ClockStatus query) {
    FakeProcess process = processes.get(query.process());
    ClockShift clock = shifted.getOrDefault(query.process(), ClockShift.NONE);
    return new Answer.ClockIs(
        process == null || process.state() == ProcessState.GONE
            ? ClockReading.GONE
            : new ClockReading(true, true, clock, Optional.of(clock)));
  }

  List<String> residue() {
    return shifted.keySet().stream().map(process -> "wrong clock of " + process).toList();
  }
}
