package dev.faultline.testkit;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The fuses of the fake world: each acts once its lease is stale, or when it is told to. */
final class FakeFuses {

  private record Fuse(Action.ArmFuse order, Duration renewed) {
    boolean stale(Duration now) {
      return now.minus(renewed).compareTo(order.lease()) > 0;
    }
  }

  private final Map<String, Fuse> armed = new TreeMap<>();
  private final List<String> fired = new ArrayList<>();
  private final Consumer<Action> hands;

  FakeFuses(Consumer<Action> hands) {
    this.hands = hands;
  }

  Effect arm(Action.ArmFuse order, Duration now) {
    armed.put(order.name(), new Fuse(order, now));
    return new Effect.Done("armed");
  }

  Effect disarm(String name) {
    armed.remove(name);
    return new Effect.Done("disarmed");
  }

  Effect fire(String name) {
    Optional.ofNullable(armed.remove(name))
        .ifPresent(
            fuse -> {
              fuse.order().actions().forEach(hands);
              fired.add(name);
            });
    return new Effect.Done("fired");
  }

  void renew(Duration now) {
    armed.replaceAll((_, fuse) -> new Fuse(fuse.order(), now));
  }

  void settle(Duration now) {
    for (Map.Entry<String, Fuse> fuse : List.copyOf(armed.entrySet())) {
      if (fuse.getValue().stale(now)) {
        fire(fuse.getKey());
      }
    }
  }

  boolean isArmed(String name) {
    return armed.containsKey(name);
  }

  List<String> names() {
    return List.copyOf(armed.keySet());
  }

  List<String> fired() {
    return List.copyOf(fired);
  }
}
