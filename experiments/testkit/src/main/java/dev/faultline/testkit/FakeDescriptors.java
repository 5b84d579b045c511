package dev.faultline.testkit;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DescriptorReading;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The descriptors of the processes of a fake world: each has ten open, of as many as it may. */
final class FakeDescriptors {

  static final long LIMIT = 1024;
  private static final long OPEN = 10;

  private final Map<String, FakeProcess> processes;
  private final Map<ProcessRef, Long> limits = new HashMap<>();

  FakeDescriptors(Map<String, FakeProcess> processes) {
    this.processes = processes;
  }

  private boolean lives(ProcessRef process) {
    FakeProcess known = processes.get(process.name());
    return known != null && known.is(process);
  }

  Effect limit(Action.LimitDescriptors order) {
    limits.put(order.process(), OPEN + order.room());
    return lives(order.process()) ? new Effect.Done("limited") : new Effect.Superseded("gone");
  }

  Effect free(Action.FreeDescriptors order) {
    limits.computeIfPresent(order.process(), (_, limit) -> Math.max(limit, order.limit()));
    return lives(order.process()) ? new Effect.Done("free") : new Effect.Superseded("gone");
  }

  Answer status(Query.DescriptorStatus query) {
    long limit = limits.getOrDefault(query.process(), LIMIT);
    return new Answer.DescriptorsAre(
        lives(query.process())
            ? Optional.of(new DescriptorReading(limit, OPEN, limit - OPEN))
            : Optional.empty());
  }

  List<String> residue() {
    return limits.entrySet().stream()
        .filter(one -> lives(one.getKey()) && one.getValue() < LIMIT)
        .map(one -> "few descriptors for " + one.getKey().name())
        .toList();
  }
}
