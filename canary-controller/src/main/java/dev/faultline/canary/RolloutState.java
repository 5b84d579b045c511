package dev.faultline.canary;

import dev.faultline.judge.sequential.Alpha;
import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.ObservedShare;
import dev.faultline.model.document.Approve;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.Breach;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Step;
import dev.faultline.model.rollout.Comparison;
import dev.faultline.model.route.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rollout at one moment, as a pure function of its events.
 *
 * @param spec what is rolled out
 * @param step the step whose weight was shown last: from 0; as many as there are steps, when all
 *     traffic goes to the canary; -1 before the first
 * @param moving whether the next weight is on its way
 * @param since when that was
 * @param first when the canary got its first traffic
 * @param requests how many requests the canary was seen to answer in this step
 * @param share where traffic went in this step
 * @param asked what a person was asked last in this step; empty where nobody was
 * @param scaled when the canary was promised more pods; empty where it was not
 * @param judgements one for all that is judged, in that order
 */
record RolloutState(
    RolloutSpec spec,
    int step,
    boolean moving,
    Duration since,
    Optional<Duration> first,
    double requests,
    ObservedShare share,
    Optional<Asked> asked,
    Optional<Duration> scaled,
    List<Judgement> judgements) {

  /**
   * What a person was asked.
   *
   * @param since when
   * @param breach what it would otherwise be over for; empty where the step itself asks
   * @param approved when it was approved
   */
  record Asked(Duration since, Optional<Breach> breach, Optional<Duration> approved) {}

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
        false,
        Duration.ZERO,
        Optional.empty(),
        0,
        ObservedShare.of(0, STRAYS_WRONGLY),
        Optional.empty(),
        Optional.empty(),
        unjudged(spec));
  }

  private static List<Judgement> unjudged(RolloutSpec spec) {
    return spec.judged().stream().map(Judgement::of).toList();
  }

  RolloutState on(Entry entry) {
    return switch (entry.event()) {
      case Event.StepIntended next when isShift(next.ref()) -> with(true, asked);
      case Event.StepVerified shown when shown.evidence().proven() && isShift(shown.ref()) ->
          reached(shown.ref().occurrence(), entry.elapsed());
      case Event.Compared compared -> compared(compared);
      case Event.ApprovalAsked next when next.step() == step ->
          with(moving, Optional.of(new Asked(entry.elapsed(), next.breach(), Optional.empty())));
      case Event.ScaledOut _ -> scaledOut(entry.elapsed());
      case Event.Approved given when given.step() == step ->
          with(
              moving,
              asked.map(one -> new Asked(one.since(), one.breach(), Optional.of(entry.elapsed()))));
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
        false,
        at,
        first.or(() -> Optional.of(at)),
        0,
        asked(next),
        Optional.empty(),
        scaled,
        judgements);
  }

  private ObservedShare asked(int next) {
    ObservedShare requests =
        match(next).isPresent()
            ? ObservedShare.atLeast(counted(next), STRAYS_WRONGLY)
            : ObservedShare.of(counted(next), STRAYS_WRONGLY);
    return spec.route().by().splitsUsers() ? requests.ofClients() : requests;
  }

  private RolloutState with(boolean onItsWay, Optional<Asked> now) {
    return new RolloutState(
        spec, step, onItsWay, since, first, requests, share, now, scaled, judgements);
  }

  /** With other pods it is another canary: what was seen of the one before says nothing of it. */
  private RolloutState scaledOut(Duration now) {
    return new RolloutState(
        spec, step, moving, since, first, 0, share, asked, Optional.of(now), unjudged(spec));
  }

  /** From when on what is seen counts again, where the canary got more pods. */
  Optional<Duration> graceEnds() {
    return scaled.flatMap(at -> spec.scalesOut().map(more -> at.plus(more.grace())));
  }

  /** When this step was approved. */
  Optional<Duration> approved() {
    return asked.flatMap(Asked::approved);
  }

  /** What a person has not yet answered. */
  Optional<Asked> waits() {
    return asked.filter(one -> one.approved().isEmpty());
  }

  /** Whether a breach of this step waits for a person, or was let pass by one. */
  boolean breached() {
    return asked.flatMap(Asked::breach).isPresent();
  }

  /** Whether a person let it go on from this step, whatever was breached in it. */
  boolean overruled() {
    return breached() && approved().isPresent();
  }

  /** What a person must say before the next step; empty where nothing is to be said. */
  Optional<Approve> approval() {
    return step >= 0 && !all() && approved().isEmpty()
        ? spec.steps().get(step).approve()
        : Optional.empty();
  }

  /** The canary's part of the traffic in a step, from 0 to 1; of what does not match anything. */
  double weight(int ofStep) {
    if (ofStep < 0) {
      return 0;
    }
    return ofStep < spec.steps().size() ? spec.steps().get(ofStep).share() : 1;
  }

  /** The canary's part of all requests that both versions count, copies among them. */
  double counted(int ofStep) {
    return ofStep < 0 || ofStep == spec.steps().size()
        ? weight(ofStep)
        : spec.steps().get(ofStep).counted();
  }

  /** Of which part of the requests the canary gets a copy in a step, from 0 to 1. */
  double copies(int ofStep) {
    return ofStep < 0 ? 0 : spec.copies(ofStep);
  }

  /** Which requests go to the canary in a step in any case. */
  Optional<Match> match(int ofStep) {
    return spec.match(ofStep);
  }

  /** What has to be done for a step. */
  Step shiftTo(int next) {
    return spec.shift().to(weight(next), match(next), copies(next));
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
        moving,
        since,
        first,
        requests + counted.map(look -> look.canary().requests()).orElse(0.0),
        counted.map(share::after).orElse(share),
        asked,
        scaled,
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
   * From when on what is scraped was counted under the weight of the step, by a warm canary that
   * has all its pods.
   *
   * @param scrape how far apart metrics come
   */
  Duration settled(Duration scrape) {
    Duration shifted = since.plus(scrape.multipliedBy(2));
    Duration warm = first.orElse(since).plus(spec.warmingUp());
    return Stream.concat(Stream.of(shifted, warm), graceEnds().stream())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Whether all traffic goes to the canary. */
  boolean all() {
    return step == spec.steps().size();
  }

  /** The present step in words. */
  String stepWords() {
    return step < 0 ? "no step" : all() ? "100%" : spec.steps().get(step).words();
  }
}
