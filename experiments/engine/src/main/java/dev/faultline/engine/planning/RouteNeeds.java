package dev.faultline.engine.planning;

import dev.faultline.judge.Outcome;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.fault.Shift;
import dev.faultline.model.route.Route;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteFit;
import dev.faultline.model.world.RouteReading;
import dev.faultline.model.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Refuses to shift traffic where the way back would not be the way it was: all goes to stable
 * afterwards, so all must go there before.
 */
final class RouteNeeds {

  private final World world;
  private final boolean readings;
  private final List<String> notes = new ArrayList<>();

  /**
   * What is needed in a world.
   *
   * @param readings whether routers are there that can be asked
   */
  RouteNeeds(World world, boolean readings) {
    this.world = world;
    this.readings = readings;
  }

  /** Asks the router of a shift, if the fault is one. */
  void require(FaultStep step) throws Unplannable {
    if (readings && step.fault() instanceof Shift shift) {
      Answer answer = world.ask(question(shift));
      Optional<String> refusal = refusal(shift.route(), answer);
      if (refusal.isPresent()) {
        throw new Unplannable(
            Outcome.NOT_READY, "fault %s: %s".formatted(step.title(), refusal.get()));
      }
      if (answer instanceof Answer.RouteIs is) {
        notes.addAll(is.cautions());
      }
    }
  }

  /** What was told of the routers beside, in sentences. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  private static Query question(Shift shift) {
    return shift.route().ofCluster()
        ? new RouteFit(shift.route(), shift.match(), shift.mirror().isPresent())
        : new Query.RouteStatus(shift.route());
  }

  private static Optional<String> refusal(Route route, Answer answer) {
    return switch (answer) {
      case Answer.RouteIs is -> refusal(route, is.reading());
      case Answer.Unanswered none ->
          Optional.of("%s: %s".formatted(none.reason().words(), none.detail()));
      default -> Optional.of("it is not known how %s splits traffic".formatted(route.words()));
    };
  }

  private static Optional<String> refusal(Route route, RouteReading is) {
    if (is.share() > 0) {
      return Optional.of(
          "%s of the traffic of %s goes to %s already; give all of it to %s first"
              .formatted(
                  RouteReading.percent(is.share()),
                  route.words(),
                  route.canaryName(),
                  route.stableName()));
    }
    if (is.match().isPresent()) {
      return Optional.of(
          "requests with %s go to %s already; let none go there first"
              .formatted(is.match().get().words(), route.canaryName()));
    }
    if (is.mirror().isPresent()) {
      return Optional.of(
          "copies of requests of %s go to %s already; let none go there first"
              .formatted(route.words(), route.canaryName()));
    }
    if (!is.stableServes()) {
      return Optional.of(route.stableName() + " does not serve; start it first");
    }
    return is.canaryServes() || route.bringsUpCanary()
        ? Optional.empty()
        : Optional.of(route.canaryName() + " does not serve; start it first");
  }
}
