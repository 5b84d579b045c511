package dev.faultline.testkit;

import dev.faultline.model.route.Route;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteReading;
import java.util.HashMap;
import java.util.Map;

/** Routers that do as they are told. Not thread-safe by itself: the world is. */
public final class FakeRouters {

  private final Map<Route, Double> shares = new HashMap<>();

  FakeRouters() {}

  /** The canary's part of the traffic of a router, from 0 to 1. */
  public double share(Route route) {
    return shares.getOrDefault(route, 0.0);
  }

  Effect shift(Action.ShiftTraffic shift) {
    shares.put(shift.route(), shift.share());
    return new Effect.Done("weights set");
  }

  Answer status(Query.RouteStatus status) {
    return new Answer.RouteIs(new RouteReading(share(status.route()), true, true));
  }
}
