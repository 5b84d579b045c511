package dev.faultline.model.fault;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A fault of the way between two. A relay of Faultline's own stands in that way from the start of
 * the run, so that the fault needs no privilege and ends with Faultline.
 */
public sealed interface NetworkFault extends Fault
    permits Latency, Bandwidth, Reset, Refuse, Blackhole, HalfClose, Slice, ByteLimit, Http {

  /** How long traffic may take to meet the fault. */
  Duration MET_WITHIN = Duration.ofSeconds(10);

  /** What the relay is told. */
  Disturbance disturbance();

  /** Which way it disturbs where the file does not say. */
  default Direction usual() {
    return Direction.BOTH;
  }

  /** How long it takes before it can show at all. */
  default Duration showsAfter() {
    return Duration.ZERO;
  }

  /** Whether one way of a link can be disturbed without the other. */
  default boolean directed() {
    return true;
  }

  /** Whether connections, or one way of them, come to their end by it. */
  default boolean ends() {
    return false;
  }

  /**
   * Whether both cannot be meant at once, on one link and in one direction. It is enough that one
   * of the two says so.
   */
  default boolean contradicts(NetworkFault other) {
    return getClass() == other.getClass();
  }

  /** The fault in words, with the part of the traffic that it disturbs. */
  default String words(Traffic traffic) {
    return words()
        + traffic.direction().orElseGet(this::usual).words()
        + disturbance().shareWords(traffic.share());
  }

  @Override
  default boolean instant() {
    return false;
  }

  @Override
  default boolean needsTarget() {
    return true;
  }

  @Override
  default Set<String> aims() {
    return Set.of("service", "process", "database", "link");
  }

  @Override
  default String words() {
    return disturbance().words();
  }

  @Override
  default List<Step> plan(Instance target, Setting setting) {
    if (!(target instanceof Instance.LinkInstance link)) {
      throw new FaultRefused("this fault needs a link as its target");
    }
    Query status = new Query.LinkStatus(link.name(), setting.name(), disturbance());
    return List.of(
        new Step(
            new Action.DisturbLink(
                link.name(),
                setting.name(),
                disturbance(),
                setting.traffic().direction().orElseGet(this::usual),
                setting.traffic().share(),
                setting.seed()),
            Optional.of(proof(status, true, showsAfter().plus(MET_WITHIN))),
            Optional.of(
                new Step.Undo(
                    new Action.RestoreLink(link.name(), setting.name()),
                    Optional.of(proof(status, false, MET_WITHIN))))));
  }

  private static Proof proof(Query status, boolean disturbed, Duration within) {
    return new Proof(status, new Expectation.LinkMeets(disturbed), within);
  }

  @Override
  default List<EndsBy> endsBy(Setting setting) {
    return List.of(
        new EndsBy(EndsBy.Layer.PLAN, Optional.of(setting.lasts()), "the run withdraws it"),
        new EndsBy(
            EndsBy.Layer.KERNEL,
            Optional.of(Duration.ZERO),
            "the relay is a part of Faultline: when that dies, relay and lab die with it"),
        new EndsBy(
            EndsBy.Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, see that nothing of the lab is left"));
  }
}
