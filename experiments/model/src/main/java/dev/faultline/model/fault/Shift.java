package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.OneOf;
import dev.faultline.model.route.Match;
import dev.faultline.model.route.Route;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteReading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A part of the traffic goes to another version, or another place, and then all of it back again:
 * the step that a rollout is made of, and by itself a rehearsal of an evacuation.
 *
 * @param route the router that splits traffic; until then all of it must go to {@code stable}
 * @param weight the part that goes to {@code canary}, above 0% and at most 100%; nothing when only
 *     {@code match} or {@code mirror} is given
 * @param match which requests go to {@code canary}, whatever part of the others does
 * @param mirror of which part of the requests a copy goes to {@code canary}, whose answer nobody
 *     gets, whole percents from 1% to 100%; only where no request goes there by itself
 */
public record Shift(
    @OneOf Route route, Optional<Quantity> weight, Optional<Match> match, Optional<Quantity> mirror)
    implements Fault {

  private static final double PERCENT = 100;
  private static final double ROUNDING = 1e-9;
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(10);

  /** Pods have to be placed and started, or to end. */
  private static final Duration PODS_SHOWN_WITHIN = Duration.ofMinutes(2);

  /** Requires a part that the router can give, a match that it can make, or copies. */
  public Shift {
    if (match.isEmpty() && mirror.isEmpty()) {
      InvalidValue.required(weight.orElse(null), "weight");
    }
    if (mirror.isPresent() && (weight.isPresent() || match.isPresent())) {
      throw new InvalidValue(
          "mirror", "no request goes to the canary while others are mirrored: leave out the rest");
    }
    refuse("weight", weight.flatMap(part -> route.unfit(Parameters.someShare("weight", part))));
    refuse("match", match.flatMap(route::unfit));
    mirror.ifPresent(Shift::requireCopies);
    refuse("mirror", mirror.flatMap(_ -> route.unfitToMirror()));
  }

  /** A part of the traffic, whatever requests have. */
  public Shift(Route route, Quantity weight) {
    this(route, Optional.of(weight), Optional.empty(), Optional.empty());
  }

  /**
   * Requires a part of which every router can send copies.
   *
   * @throws InvalidValue otherwise
   */
  public static void requireCopies(Quantity mirror) {
    double percents = mirror.value() * PERCENT;
    if (mirror.unit() != Unit.SHARE
        || Math.abs(percents - Math.rint(percents)) > ROUNDING
        || percents < 1 - ROUNDING
        || percents > PERCENT + ROUNDING) {
      throw new InvalidValue("mirror", "'mirror' is a whole percent from 1% to 100%");
    }
  }

  private static void refuse(String key, Optional<String> unfit) {
    if (unfit.isPresent()) {
      throw new InvalidValue(key, unfit.get());
    }
  }

  private static double part(Optional<Quantity> some) {
    return some.map(Quantity::value).orElse(0.0);
  }

  @Override
  public boolean instant() {
    return false;
  }

  @Override
  public boolean needsTarget() {
    return false;
  }

  @Override
  public Set<String> aims() {
    return Set.of();
  }

  @Override
  public String words() {
    if (mirror.isPresent()) {
      return "mirror %s of the traffic of %s to %s"
          .formatted(RouteReading.percent(mirror.get().value()), route.words(), route.canaryName());
    }
    String matched = match.map(one -> "requests with " + one.words()).orElse("");
    String part =
        weight.map(one -> RouteReading.percent(one.value()) + " of the traffic").orElse("");
    return "shift %s%s%s of %s from %s to %s"
        .formatted(
            matched,
            matched.isEmpty() || part.isEmpty() ? "" : " and ",
            part,
            route.words(),
            route.stableName(),
            route.canaryName());
  }

  /** The fuse stands first; what takes the shift back sends all traffic to stable, at once. */
  @Override
  public List<Step> plan(Instance target, Setting setting) {
    Action back = new Action.ShiftTraffic(route, 0);
    Step shift = to(part(weight), match, part(mirror));
    return List.of(
        route.ofCluster()
            ? Fuses.aroundNotes(setting, target.name(), List.of(back))
            : Fuses.around(setting, target.name(), List.of(back)),
        new Step(
            shift.action(),
            shift.proof(),
            Optional.of(
                new Step.Undo(back, Optional.of(proof(new Action.ShiftTraffic(route, 0)))))));
  }

  /**
   * Another part for the canary, while this shift is in force: what takes this one back takes that
   * one back too.
   *
   * @param share from 0 to 1
   * @param matching which requests go there in any case
   * @param copies of which part of the requests a copy goes there, from 0 to 1
   */
  public Step to(double share, Optional<Match> matching, double copies) {
    Action.ShiftTraffic shift =
        new Action.ShiftTraffic(
            route, share, matching, copies == 0 ? Optional.empty() : Optional.of(copies));
    return new Step(shift, Optional.of(proof(shift)), Optional.empty());
  }

  private Proof proof(Action.ShiftTraffic shift) {
    return new Proof(
        new Query.RouteStatus(route),
        new Expectation.RouteAt(shift.share(), shift.match(), shift.mirror()),
        route.ofCluster() ? PODS_SHOWN_WITHIN : SHOWN_WITHIN);
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return route.ofCluster() ? Fuses.ofNotesEndsBy(setting) : Fuses.endsBy(setting);
  }
}
