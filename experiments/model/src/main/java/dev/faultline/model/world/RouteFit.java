package dev.faultline.model.world;

import dev.faultline.model.route.Route;

/**
 * How traffic is split by objects of a cluster where no run has shifted it, if it can be shifted
 * there. Answered by {@link Answer.RouteIs}; there is no answer where something is in the way.
 */
public record RouteFit(Route route) implements Query.OfCluster {
  @Override
  public String text() {
    return "whether traffic can be shifted between " + route.words();
  }
}
