package dev.faultline.canary;

import dev.faultline.engine.run.Due;
import dev.faultline.engine.run.FaultState;
import dev.faultline.engine.run.RunState;
import dev.faultline.engine.run.Timeline;
import dev.faultline.judge.sequential.Obedience;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.Breach;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.world.RouteReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is due in a rollout: a pure function of its state and the time since its start. */
final class RolloutTimeline {

  /** Who saw nothing for so many looks in a row does not go on. */
  private static final int BLIND_LOOKS = 3;

  /** And then waits so long at most. */
  private static final Duration BLIND_PATIENCE = Duration.ofMinutes(1);

  private static final Duration LEAST_QUIET = Duration.ofMinutes(1);
  private static final int LONGEST_HOLDS = 10;
  private static final Duration LONGEST_STEP = Duration.ofMinutes(10);

  private final RunState run;
  private final RolloutState rollout;
  private final Duration block;
  private final Duration settled;
  private final Optional<TrialCourse> trial;
  private final BreachCourse breach;
  private final Duration now;

  private RolloutTimeline(RunState run, RolloutState rollout, Duration scrape, Duration now) {
    this.run = run;
    this.rollout = rollout;
    this.block = rollout.spec().block(scrape);
    this.settled = rollout.settled(scrape);
    this.trial = TrialCourse.of(run, rollout, block);
    this.breach = new BreachCourse(run, rollout, now);
    this.now = now;
  }

  /**
   * What is due now.
   *
   * @param scrape how far apart metrics come
   */
  static List<Due> due(RunState run, RolloutState rollout, Duration scrape, Duration now) {
    List<Due> common = Timeline.due(run, now).stream().map(RolloutTimeline::intoRollout).toList();
    if (run.phase() == Phase.UNDO) {
      return trafficFirst(run, common);
    }
    return run.phase() == Phase.ROLLOUT && run.stop().isEmpty()
        ? new RolloutTimeline(run, rollout, scrape, now).rollout(stops(common))
        : common;
  }

  private static List<Due.Stop> stops(List<Due> common) {
    return common.stream()
        .flatMap(due -> due instanceof Due.Stop stop ? Stream.of(stop) : Stream.empty())
        .toList();
  }

  /**
   * Whatever else is in force and holds up what is withdrawn: traffic goes back at once. Until it
   * is back, the canary needs the pods that it got.
   */
  private static List<Due> trafficFirst(RunState run, List<Due> common) {
    PlannedFault shift = run.plan().faults().getFirst();
    FaultState at = run.fault(shift.name());
    boolean shifted =
        at.status() == FaultState.Status.BEGINNING || at.status() == FaultState.Status.HOLDING;
    Due back = new Due.End(shift, at.occurrence());
    Stream<Due> others =
        common.stream().filter(due -> !due.equals(back) && !(at.open() && endsPods(due)));
    return Stream.concat(
            shifted || common.contains(back) ? Stream.of(back) : Stream.empty(), others)
        .toList();
  }

  private static boolean endsPods(Due due) {
    return due instanceof Due.End(PlannedFault fault, int _)
        && fault.name().equals(RolloutSpec.SCALE_OUT);
  }

  private static Due intoRollout(Due due) {
    return due.equals(new Due.Enter(Phase.FAULTS)) ? new Due.Enter(Phase.ROLLOUT) : due;
  }

  private List<Due> rollout(List<Due.Stop> byGates) {
    Optional<Due.Stop> stop = allReasons(byGates).filter(one -> !isSpared(one)).findFirst();
    if (stop.isPresent()) {
      return List.of(stop.get());
    }
    PlannedFault shift = run.plan().faults().getFirst();
    return switch (run.fault(shift.name()).status()) {
      case ENDED -> List.of(new Due.Enter(Phase.CLOSED));
      case PENDING -> List.of(new Due.Begin(shift, 0));
      case HOLDING -> inStep() ? step(shift, byGates) : List.of();
      case BEGINNING, ENDING -> List.of();
    };
  }

  private List<Due> step(PlannedFault shift, List<Due.Stop> byGates) {
    Optional<Due> late =
        rollout
            .asked()
            .filter(_ -> inTrial())
            .flatMap(BreachCourse::stop)
            .<Due>map(one -> one)
            .or(breach::more);
    if (late.isPresent()) {
      return List.of(late.get());
    }
    if (rollout.overruled()) {
      return next(shift);
    }
    // Somebody is asked, or pods come, or that will be so at the next look.
    if (rollout.breached() || allReasons(byGates).findFirst().isPresent()) {
      return List.of();
    }
    if (!inTrial() && (!held() || hindrance().isPresent())) {
      return List.of();
    }
    if (trial.isPresent() && !trial.get().over(now)) {
      return trial.get().due(now);
    }
    Optional<Due.Stop> doubt = suspicion();
    if (doubt.isPresent()) {
      return List.of(doubt.get());
    }
    return rollout.approval().isPresent() ? List.of() : next(shift);
  }

  /** Whether the canary has the traffic of a step, and nothing takes it away. */
  private boolean inStep() {
    FaultState at = run.fault(run.plan().faults().getFirst().name());
    return rollout.step() >= 0 && at.status() == FaultState.Status.HOLDING;
  }

  private List<Due> next(PlannedFault shift) {
    if (!rollout.all()) {
      int next = rollout.step() + 1;
      return List.of(new Due.Further(shift, next, rollout.shiftTo(next)));
    }
    return breach.settled()
        ? List.of(new Due.Keep(shift, Promotion.words(rollout)))
        : breach.settling();
  }

  /** All that speaks for taking traffic back, what weighs most first. */
  private Stream<Due.Stop> allReasons(List<Due.Stop> byGates) {
    if (!inStep()) {
      return byGates.stream();
    }
    return rollout.breached() && breach.overdue()
        ? breach.impatience().stream()
        : Stream.concat(byGates.stream(), reasonsToStop().stream());
  }

  private boolean isSpared(Due.Stop stop) {
    return breach.spares(stop, inStep() && !rollout.moving() && !inTrial());
  }

  private boolean inTrial() {
    return trial.filter(one -> one.on(now)).isPresent();
  }

  /**
   * What a person is to be asked about now, or more pods are to help against; empty where nothing
   * is breached, or that was told already.
   *
   * @param scrape how far apart metrics come
   */
  static Optional<Breach> breach(
      RunState run, RolloutState rollout, Duration scrape, Duration now) {
    RolloutTimeline at = new RolloutTimeline(run, rollout, scrape, now);
    return at.breach.answered() || !at.inStep()
        ? Optional.empty()
        : at.allReasons(stops(Timeline.due(run, now)))
            .filter(at::isSpared)
            .findFirst()
            .map(BreachCourse::of);
  }

  /** Whether all is done in a step but what a person has to say. */
  static boolean asks(RunState run, RolloutState rollout, Duration scrape, Duration now) {
    RolloutTimeline at = new RolloutTimeline(run, rollout, scrape, now);
    return rollout.approval().isPresent()
        && rollout.waits().isEmpty()
        && at.held()
        && at.hindrance().isEmpty()
        && at.trial.map(one -> one.over(now)).orElse(true)
        && at.suspicion().isEmpty();
  }

  /** A trial is over before it has shown what it began to show. */
  private Optional<Due.Stop> suspicion() {
    Optional<Integer> step = trial.map(one -> one.trial().number());
    return rollout.judgements().stream()
        .filter(one -> step.isPresent() && one.judged().trial().equals(step) && one.suspects())
        .findFirst()
        .map(
            one ->
                stop(
                    StopReason.GATE_BLIND,
                    "%s: the canary looks worse, and the faults were over too soon to be sure: %s"
                        .formatted(one.comparison().title(), one.words())));
  }

  private List<Due.Stop> reasonsToStop() {
    List<Due.Stop> reasons = new ArrayList<>();
    for (Judgement judgement : rollout.judgements()) {
      if (judgement.blames(rollout.alpha())) {
        reasons.add(
            stop(
                StopReason.CANARY_WORSE,
                "%s: the canary is worse than stable at %s: %s"
                    .formatted(
                        judgement.comparison().title(), rollout.stepWords(), judgement.words())));
      }
      if (blindFor(judgement).compareTo(BLIND_PATIENCE) >= 0 && !inWindow()) {
        reasons.add(
            stop(
                StopReason.GATE_BLIND,
                "%s: nothing was seen of both versions for %d s"
                    .formatted(judgement.comparison().title(), blindFor(judgement).toSeconds())));
      }
    }
    if (rollout.share().obedience() == Obedience.STRAYS) {
      reasons.add(
          stop(
              StopReason.TRAFFIC_STRAYS,
              "%s of the traffic goes to the canary, and %s%s was asked for"
                  .formatted(
                      RouteReading.percent(rollout.share().mean()),
                      rollout.match(rollout.step()).isPresent() ? "more than " : "",
                      RouteReading.percent(rollout.counted(rollout.step())))));
    }
    (rollout.waits().isPresent() ? breach.impatience() : standstill()).ifPresent(reasons::add);
    return reasons;
  }

  /** It does not come on for too long, and nobody is asked why. */
  private Optional<Due.Stop> standstill() {
    Duration from = rollout.approved().orElse(settled);
    return now.compareTo(from.plus(longest())) >= 0
        ? Optional.of(
            stop(
                StopReason.GATE_BLIND,
                "step %s has lasted %d s, with %.0f requests to the canary, and nothing allows to go on: %s"
                    .formatted(
                        rollout.stepWords(),
                        longest().toSeconds(),
                        rollout.requests(),
                        hindrance().map(Hindrance::words).orElse(""))))
        : Optional.empty();
  }

  /**
   * What keeps a step from going on that has lasted as long as it was to last; empty where nothing
   * does, or nothing is to be decided.
   *
   * @param scrape how far apart metrics come
   */
  static Optional<Hindrance> hindrance(
      RunState run, RolloutState rollout, Duration scrape, Duration now) {
    RolloutTimeline at = new RolloutTimeline(run, rollout, scrape, now);
    return rollout.step() >= 0 && at.held() ? at.hindrance() : at.window();
  }

  /** All is done but to wait whether all traffic is to go back after all. */
  private Optional<Hindrance> window() {
    return inWindow()
        ? Optional.of(
            new Hindrance(
                "window",
                "stable is kept ready for %d s more"
                    .formatted(settled.plus(hold()).minus(now).toSeconds())))
        : Optional.empty();
  }

  private Duration rollbackWindow() {
    return rollout.spec().rollbackWindow().orElse(Duration.ZERO);
  }

  /** From then on stable has no traffic that anything could be compared with. */
  private boolean inWindow() {
    return rollout.all()
        && !rollbackWindow().isZero()
        && now.compareTo(settled.plus(lookingBack())) >= 0;
  }

  /** Evidence that leans, what is not seen, or too few requests. */
  private Optional<Hindrance> hindrance() {
    for (Judgement judgement : atAllTimes()) {
      String title = judgement.comparison().title();
      if (judgement.leans() && block.multipliedBy(judgement.quiet()).compareTo(quiet()) < 0) {
        return Optional.of(
            new Hindrance(
                "leans " + title,
                "%s looks worse (%s): %s"
                    .formatted(
                        title, judgement.words(), judgement.odds(rollout.alpha(), quiet()))));
      }
      if (judgement.blind() >= BLIND_LOOKS && !inWindow()) {
        return Optional.of(
            new Hindrance("blind " + title, title + " is not seen of both versions"));
      }
    }
    return rollout.requests() < samples()
        ? Optional.of(
            new Hindrance(
                "samples",
                "%.0f requests to the canary, and %d are asked for"
                    .formatted(rollout.requests(), samples())))
        : Optional.empty();
  }

  /**
   * What spoke against the canary has to come again: a burst of its first requests, as when it was
   * just started, would hold it for ever otherwise. None of that is forgotten when it is judged.
   */
  private Duration quiet() {
    return hold().compareTo(LEAST_QUIET) > 0 ? hold() : LEAST_QUIET;
  }

  private static Due.Stop stop(StopReason reason, String words) {
    return new Due.Stop(reason, Optional.empty(), words);
  }

  private Duration blindFor(Judgement judgement) {
    return block.multipliedBy(judgement.blind());
  }

  private List<Judgement> atAllTimes() {
    return rollout.judgements().stream()
        .filter(judgement -> judgement.judged().trial().isEmpty())
        .toList();
  }

  private boolean held() {
    return now.compareTo(settled.plus(hold())) >= 0;
  }

  /** At least one: without a request nothing is known. */
  private long samples() {
    return rollout.all() ? 1 : rollout.spec().steps().get(rollout.step()).samples().orElse(1L);
  }

  private Duration hold() {
    return rollout.all()
        ? lookingBack().plus(rollbackWindow())
        : rollout.spec().steps().get(rollout.step()).lasts();
  }

  /** The last step to all is watched for as long as the gates look back, and two looks. */
  private Duration lookingBack() {
    Duration windows =
        run.spec().gates().stream()
            .filter(gate -> gate.when().contains(Gate.When.DURING))
            .map(gate -> gate.signal().window())
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO)
            .plus(run.plan().times().interval().multipliedBy(2));
    Duration looks = block.multipliedBy(2);
    return windows.compareTo(looks) > 0 ? windows : looks;
  }

  private Duration longest() {
    Duration holds = hold().multipliedBy(LONGEST_HOLDS);
    Duration still = holds.compareTo(LONGEST_STEP) > 0 ? holds : LONGEST_STEP;
    return still.plus(trial.map(TrialCourse::lasts).orElse(Duration.ZERO));
  }
}
