package dev.faultline.testkit;

import dev.faultline.model.world.Action;
import java.time.Duration;

/** A fuse of the fake world. */
record FakeFuse(Action.ArmFuse order, Duration renewed) {

  FakeFuse renewed(Duration now) {
    return new FakeFuse(order, now);
  }

  boolean stale(Duration now) {
    return now.minus(renewed).compareTo(order.lease()) > 0;
  }
}
