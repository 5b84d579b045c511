package dev.faultline.canary;

import dev.faultline.judge.sequential.Alpha;
import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.ObservedShare;
import dev.faultline.model.document.Approve;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.rollout.Comparison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rollout at one moment, as a pure function of its events.
 *
 * @param spec what is rolled out
 * @param step the step whose weight was shown last: from 0; as many as there are steps, when all
 *     traffic goes to the canary; -1 before the first
 * @param since when that was
 * @param first when the canary got its first traffic
 * @param requests how many requests the canary was seen to answer in this step
 * @param share where traffic went in this step
 * @param waits since when an approval is awaited in this step; empty where none is
 * @param approved when this step was approved
 * @param judgements one for all that is judged, in that order
 */
record RolloutState(
    RolloutSpec spec,
    int step,
    Duration since,
    Optional<Duration> first,
    double requests,
    ObservedShare share,
    Optional<Duration> waits,
    Optional<Duration> approved,
    List<Judgement> judgements) {

  /** The place of the shift among the steps at its target: behind its fuse. */
  static final int SHIFT = 1;

  /** The chance to accuse a router, step by step, that does as it was told. */
  private static final double STRAYS_WRONGLY = 0.01;

  RolloutState {
    judgements = List.copyOf(judgements);
  }

  static RolloutState of(RolloutSpec spec) {
    return new RolloutState(
        spec,
        -1,
        Duration.ZERO,
        Optional.empty(),
        0,
        ObservedShare.of(0, STRAYS_WRONGLY),
        Optional.empty(),
        Optional.empty(),
        spec.judged().stream().map(Judgement::of).toList());
  }

  RolloutState on(Entry entry) {
    return switch (entry.event()) {
      case Event.StepVerified shown when shown.evidence().proven() && isShift(shown.ref()) ->
          reached(shown.ref().occurrence(), entry.elapsed());
      case Event.Compared compared -> compared(compared);
      case Event.ApprovalAsked asked when asked.step() == step ->
          waiting(Optional.of(entry.elapsed()), Optional.empty());
      case Event.Approved given when given.step() == step ->
          waiting(waits, Optional.of(entry.elapsed()));
      default -> this;
    };
  }

  private static boolean isShift(StepRef ref) {
    return ref.fault().equals(RolloutSpec.SHIFT) && ref.step() == SHIFT;
  }

  private RolloutState reached(int next, Duration at) {
    return new RolloutState(
        spec,
        next,
        at,
        first.or(() -> Optional.of(at)),
        0,
        ObservedShare.of(weight(next), STRAYS_WRONGLY),
        Optional.empty(),
        Optional.empty(),
        judgements);
  }

  private RolloutState waiting(Optional<Duration> from, Optional<Duration> over) {
    return new RolloutState(spec, step, since, first, requests, share, from, over, judgements);
  }

  /** What a person must say before the next step; empty where nothing is to be said. */
  Optional<Approve> approval() {
    return step >= 0 && !all() && approved.isEmpty()
        ? spec.steps().get(step).approve()
        : Optional.empty();
  }

  /** The canary's part of the traffic in a step, from 0 to 1. */
  double weight(int ofStep) {
    if (ofStep < 0) {
      return 0;
    }
    return ofStep < spec.steps().size() ? spec.steps().get(ofStep).weight().value() : 1;
  }

  private RolloutState compared(Event.Compared compared) {
    List<Judgement> next = new ArrayList<>();
    for (Judgement judgement : judgements) {
      next.add(isOf(judgement, compared) ? after(judgement, compared.look()) : judgement);
    }
    // All measures count the same requests: one of them tells where they went, while nothing is
    // broken.
    boolean leads = isOf(judgements.getFirst(), compared);
    Optional<Look> counted = leads ? compared.look() : Optional.empty();
    return new RolloutState(
        spec,
        step,
        since,
        first,
        requests + counted.map(look -> look.canary().requests()).orElse(0.0),
        counted.map(share::after).orElse(share),
        waits,
        approved,
        next);
  }

  private static boolean isOf(Judgement judgement, Event.Compared compared) {
    return judgement.comparison().title().equals(compared.comparison());
  }

  private static Judgement after(Judgement judgement, Optional<Look> look) {
    return look.map(judgement::after).orElseGet(judgement::unseen);
  }

  /** Where a comparison stands. */
  Judgement judgement(Comparison comparison) {
    return judgements.stream()
        .filter(judgement -> judgement.comparison().equals(comparison))
        .findFirst()
        .orElseThrow();
  }

  Alpha alpha() {
    return spec.alpha();
  }

  /**
   * From when on what is scraped was counted under the weight of the step, by a warm canary.
   *
   * @param scrape how far apart metrics come
   */
  Duration settled(Duration scrape) {
    Duration shifted = since.plus(scrape.multipliedBy(2));
    Duration warm = first.orElse(since).plus(spec.warmingUp());
    return shifted.compareTo(warm) > 0 ? shifted : warm;
  }

  /** Whether all traffic goes to the canary. */
  boolean all() {
    return step == spec.steps().size();
  }

  /** The present step in words. */
  String stepWords() {
    return step < 0 ? "no step" : all() ? "100%" : spec.steps().get(step).weight().text();
  }
}
