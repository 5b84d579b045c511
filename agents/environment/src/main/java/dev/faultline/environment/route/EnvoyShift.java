package dev.faultline.environment.route;

import dev.faultline.model.route.Match;
import dev.faultline.model.world.Action;
import java.util.List;

/**
 * What the runtime of an Envoy is to say.
 *
 * @param share the canary's part of the requests, from 0 to 1; to 0.0001
 * @param values of a header with which requests go to the canary in any case
 * @param copies of which part of the requests a copy goes to the canary, from 0 to 1; to 0.01
 */
public record EnvoyShift(double share, List<String> values, double copies) {

  /** Keeps the list unchangeable. */
  public EnvoyShift {
    values = List.copyOf(values);
  }

  /** A part of the requests, whatever they have. */
  public static EnvoyShift of(double share) {
    return new EnvoyShift(share, List.of(), 0);
  }

  static EnvoyShift of(Action.ShiftTraffic shift) {
    return new EnvoyShift(
        shift.share(), shift.match().map(Match::is).orElse(List.of()), shift.mirror().orElse(0.0));
  }
}
