package dev.faultline.testkit;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of a fake world by name. */
record FakeProcesses(Map<String, FakeProcess> byName) {

  void add(String name, Optional<Duration> restart) {
    byName.put(name, new FakeProcess(name, restart));
  }

  FakeProcess found(String name) {
    FakeProcess process = byName.get(name);
    if (process == null) {
      throw new IllegalArgumentException("no process " + name);
    }
    return process;
  }

  Facts facts(List<String> names) {
    List<Instance> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      if (byName.containsKey(name)) {
        found.add(found(name).instance());
      } else {
        missing.add(name);
      }
    }
    return new Facts(found, missing, List.copyOf(byName.keySet()));
  }

  ProcessState state(ProcessRef ref) {
    FakeProcess process = byName.get(ref.name());
    return process == null || !process.is(ref) ? ProcessState.GONE : process.state();
  }

  Effect signal(Action.SendSignal order, Duration now) {
    FakeProcess process = byName.get(order.process().name());
    if (process == null || !process.is(order.process())) {
      return new Effect.Superseded("%s is another process now".formatted(order.process().name()));
    }
    process.take(order.signal(), now);
    return new Effect.Done("sent");
  }
}
