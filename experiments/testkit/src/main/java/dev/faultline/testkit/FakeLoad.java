package dev.faultline.testkit;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import java.util.List;

/** A load that meets nothing, and may surge. */
final class FakeLoad {

  private boolean on;
  private boolean surging;

  Effect start() {
    on = true;
    return new Effect.Done("started");
  }

  Effect stop() {
    on = false;
    return new Effect.Done("stopped");
  }

  Effect surge(Action.SurgeLoad surge) {
    surging = on;
    return on ? new Effect.Done(surge.describe()) : new Effect.Failed("no load is running");
  }

  Effect endSurge() {
    surging = false;
    return new Effect.Done("back");
  }

  Answer rate() {
    return new Answer.RateIs(surging, 100, 100);
  }

  List<String> residue() {
    return surging ? List.of("load", "surge") : on ? List.of("load") : List.of();
  }
}
