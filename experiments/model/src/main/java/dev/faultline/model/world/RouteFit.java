package dev.faultline.model.world;

import dev.faultline.model.route.Match;
import dev.faultline.model.route.Route;
import java.util.Optional;

/**
 * How traffic is split by objects of a cluster where no run has shifted it, if it can be shifted
 * there. Answered by {@link Answer.RouteIs}; there is no answer where something is in the way.
 *
 * @param match which requests are to go to the canary first
 * @param mirror whether copies are to go there first
 */
public record RouteFit(Route route, Optional<Match> match, boolean mirror)
    implements Query.OfCluster {

  /** For a shift by a share alone. */
  public RouteFit(Route route) {
    this(route, Optional.empty(), false);
  }

  @Override
  public String text() {
    return "whether traffic can be shifted between " + route.words();
  }
}
