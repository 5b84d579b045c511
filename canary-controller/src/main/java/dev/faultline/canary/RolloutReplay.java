package dev.faultline.canary;

import dev.faultline.engine.past.Alarm;
import dev.faultline.engine.past.Replay;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.judge.sequential.Look;
import dev.faultline.model.document.Judged;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.rollout.Comparison;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Moments;
import dev.faultline.model.world.Past;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A comparison over a time that is over, block by block, as a rollout would have judged it. An
 * alarm is a canary that is blamed; it began when the evidence against it was least. From there on
 * it is gathered anew.
 */
public final class RolloutReplay {

  private final RolloutSpec spec;
  private final Comparison comparison;
  private final Moments moments;
  private final List<Alarm> alarms = new ArrayList<>();
  private final Map<BlindReason, Integer> blind = new EnumMap<>(BlindReason.class);
  private String example = "";
  private VersionCounters canary = VersionCounters.UNSEEN;
  private VersionCounters stable = VersionCounters.UNSEEN;
  private Judgement judgement;

  /** The least evidence since it began, and when that was. */
  private double least;

  private Instant began;

  private RolloutReplay(RolloutSpec spec, Comparison comparison, Moments moments) {
    this.spec = spec;
    this.comparison = comparison;
    this.moments = moments;
    this.judgement = Judgement.of(new Judged(comparison, Optional.empty()));
    this.began = moments.first();
  }

  /**
   * Replays each comparison of a rollout.
   *
   * @param moments the ends of the blocks
   */
  public static List<Replay> of(RolloutSpec spec, Past past, Moments moments) {
    return spec.compare().stream()
        .map(comparison -> new RolloutReplay(spec, comparison, moments).replay(past))
        .toList();
  }

  private Replay replay(Past past) {
    List<List<Answer>> ofCanary = answers(past, spec.canary());
    List<List<Answer>> ofStable = answers(past, spec.stable());
    for (int block = 0; block < moments.count(); block++) {
      look(
          moments.at(block),
          next(canary, spec.canary(), ofCanary, block),
          next(stable, spec.stable(), ofStable, block));
    }
    return new Replay(
        comparison.title(), comparison.words(), moments.count(), blind, example, alarms);
  }

  private List<List<Answer>> answers(Past past, String version) {
    return comparison.measure().queries(version).stream()
        .map(query -> past.ask(query, moments))
        .toList();
  }

  private VersionCounters.Next next(
      VersionCounters before, String version, List<List<Answer>> answers, int block) {
    return before.after(
        comparison.measure(), version, answers.stream().map(all -> all.get(block)).toList());
  }

  private void look(Instant now, VersionCounters.Next ofCanary, VersionCounters.Next ofStable) {
    Optional<Reading.Blind> why = ofCanary.blind().or(ofStable::blind);
    if (why.isPresent()) {
      blind.merge(why.get().reason(), 1, Integer::sum);
      example = why.get().detail();
      return;
    }
    canary = ofCanary.now();
    stable = ofStable.now();
    Optional<Look> look =
        ofCanary.traffic().flatMap(one -> ofStable.traffic().map(other -> new Look(one, other)));
    if (look.isPresent()) {
      judgement = judgement.after(look.get());
    }
    if (judgement.worse().log() <= least) {
      least = judgement.worse().log();
      began = now;
    }
    if (judgement.blames(spec.alpha())) {
      alarms.add(new Alarm(began, now, now, judgement.words()));
      judgement = Judgement.of(judgement.judged());
      least = 0;
      began = now;
    }
  }
}
