package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
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
 *     {@code match} is given
 * @param match which requests go to {@code canary}, whatever part of the others does
 */
public record Shift(@OneOf Route route, Optional<Quantity> weight, Optional<Match> match)
    implements Fault {

  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(10);

  /** Pods have to be placed and started, or to end. */
  private static final Duration PODS_SHOWN_WITHIN = Duration.ofMinutes(2);

  /** Requires a part that the router can give, or a match that it can make. */
  public Shift {
    if (weight.isPresent() || match.isEmpty()) {
      InvalidValue.required(weight.orElse(null), "weight");
    }
    refuse("weight", weight.flatMap(part -> route.unfit(Parameters.someShare("weight", part))));
    refuse("match", match.flatMap(route::unfit));
  }

  /** A part of the traffic, whatever requests have. */
  public Shift(Route route, Quantity weight) {
    this(route, Optional.of(weight), Optional.empty());
  }

  private static void refuse(String key, Optional<String> unfit) {
    if (unfit.isPresent()) {
      throw new InvalidValue(key, unfit.get());
    }
  }

  private double share() {
    return weight.map(Quantity::value).orElse(0.0);
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
    Step shift = to(share(), match);
    return List.of(
        route.ofCluster()
            ? Fuses.aroundNotes(setting, target.name(), List.of(back))
            : Fuses.around(setting, target.name(), List.of(back)),
        new Step(
            shift.action(),
            shift.proof(),
            Optional.of(new Step.Undo(back, Optional.of(proof(0, Optional.empty()))))));
  }

  /**
   * Another part for the canary, while this shift is in force: what takes this one back takes that
   * one back too.
   *
   * @param share from 0 to 1
   * @param matching which requests go there in any case
   */
  public Step to(double share, Optional<Match> matching) {
    return new Step(
        new Action.ShiftTraffic(route, share, matching),
        Optional.of(proof(share, matching)),
        Optional.empty());
  }

  private Proof proof(double share, Optional<Match> matching) {
    return new Proof(
        new Query.RouteStatus(route),
        new Expectation.RouteAt(share, matching),
        route.ofCluster() ? PODS_SHOWN_WITHIN : SHOWN_WITHIN);
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return route.ofCluster() ? Fuses.ofNotesEndsBy(setting) : Fuses.endsBy(setting);
  }
}
