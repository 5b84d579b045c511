package dev.faultline.testkit;

import dev.faultline.model.route.Match;
import dev.faultline.model.route.Route;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteReading;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Routers that do as they are told. Not thread-safe by itself: the world is. */
public final class FakeRouters {

  private record Split(double share, Optional<Match> match, Optional<Double> mirror) {
    static final Split NONE = new Split(0, Optional.empty(), Optional.empty());
  }

  private final Map<Route, Split> splits = new HashMap<>();

  FakeRouters() {}

  /** The canary's part of the traffic of a router, from 0 to 1. */
  public double share(Route route) {
    return splits.getOrDefault(route, Split.NONE).share();
  }

  /** Which requests go to the canary of a router in any case. */
  public Optional<Match> match(Route route) {
    return splits.getOrDefault(route, Split.NONE).match();
  }

  /** Of which part of the requests of a router a copy goes to the canary. */
  public Optional<Double> mirror(Route route) {
    return splits.getOrDefault(route, Split.NONE).mirror();
  }

  Effect shift(Action.ShiftTraffic shift) {
    splits.put(shift.route(), new Split(shift.share(), shift.match(), shift.mirror()));
    return new Effect.Done("weights set");
  }

  Answer status(Query.RouteStatus status) {
    return new Answer.RouteIs(
        new RouteReading(
            share(status.route()), match(status.route()), mirror(status.route()), true, true));
  }
}
