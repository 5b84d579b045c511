package dev.faultline.canary;

import dev.faultline.engine.journal.Approvals;
import dev.faultline.engine.run.Course;
import dev.faultline.engine.run.Courses;
import dev.faultline.engine.run.Due;
import dev.faultline.engine.run.RunState;
import dev.faultline.judge.Reading;
import dev.faultline.judge.sequential.Look;
import dev.faultline.model.document.BreachPolicy;
import dev.faultline.model.document.Judged;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.Breach;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.rollout.Comparison;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The thin loop around {@link RolloutState} and {@link RolloutTimeline}: it asks what both versions
 * did.
 */
final class RolloutCourse implements Course {

  private static final Duration FIRST_SILENCE = Duration.ofMinutes(1);

  private final RolloutSpec spec;
  private final Courses.Crew crew;
  private final Duration scrape;
  private final Duration block;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Map<String, VersionCounters> counters = new HashMap<>();
  private volatile RolloutState state;
  private volatile Duration nextLook = Duration.ZERO;

  /** What was said last of why a step is held; known to the loop's thread alone. */
  private Optional<String> told = Optional.empty();

  /** When that is said again, should it last, and how long after that once more. */
  private Duration tellAgain = Duration.ZERO;

  private Duration silence = FIRST_SILENCE;

  /** In which stretch the counters were seen last: a block never spans two. */
  private volatile Stretch seenAt =
      new Stretch(-1, Optional.empty(), Optional.empty(), Duration.ZERO);

  /**
   * The course of one rollout.
   *
   * @param scrape how far apart metrics come
   */
  RolloutCourse(RolloutSpec spec, Courses.Crew crew, Duration scrape) {
    this.spec = spec;
    this.crew = crew;
    this.scrape = scrape;
    this.block = spec.block(scrape);
    this.state = RolloutState.of(spec);
  }

  /** Told by one thread at a time, as the events happen. */
  @Override
  public void on(Entry entry) {
    state = state.on(entry);
  }

  @Override
  public List<Due> due(RunState run, Duration now) {
    return RolloutTimeline.due(run, state, scrape, now);
  }

  @Override
  public void look(Duration now) {
    RunState run = crew.recorder().state();
    RolloutState at = state;
    boolean watching = run.phase() == Phase.ROLLOUT && run.stop().isEmpty() && at.step() >= 0;
    if (watching) {
      ask(run, at, now);
    }
    Stretch stretch = stretch(run, at, now);
    if (!watching || now.compareTo(nextLook) < 0 || now.compareTo(stretch.from()) < 0) {
      return;
    }
    tell(run, at, now);
    if (looking.compareAndSet(false, true)) {
      nextLook = now.plus(block);
      crew.workers()
          .execute(
              () -> {
                try {
                  compare(stretch);
                } catch (RuntimeException | Error bug) {
                  crew.recorder().internalError(bug);
                } finally {
                  looking.set(false);
                }
              });
    }
  }

  /** Asks for an approval once, and takes it when it comes; or promises more pods, once. */
  private void ask(RunState run, RolloutState at, Duration now) {
    Optional<Breach> breach = RolloutTimeline.breach(run, at, scrape, now);
    if (breach.isPresent() && spec.scalesOut().isPresent()) {
      crew.recorder().record(scaledOut(at, spec.scalesOut().get(), breach.get()));
    } else if (breach.isPresent()) {
      String words =
          "held at %s: %s; it waits for an approval for %d s"
              .formatted(
                  at.stepWords(),
                  breach.get().words(),
                  spec.asksAfterBreach().orElseThrow().patience().toSeconds());
      crew.recorder().record(new Event.ApprovalAsked(at.step(), words, breach));
    } else if (RolloutTimeline.asks(run, at, scrape, now)) {
      Duration patience = at.approval().orElseThrow().patience();
      crew.recorder()
          .record(
              new Event.ApprovalAsked(
                  at.step(),
                  "%s waits for an approval for %d s"
                      .formatted(at.stepWords(), patience.toSeconds()),
                  Optional.empty()));
    } else if (at.waits().isPresent()) {
      Approvals said = at.breached() ? crew.approvals().ofBreaches() : crew.approvals();
      said.of(at.step())
          .ifPresent(
              given ->
                  crew.recorder().record(new Event.Approved(at.step(), given.by(), given.why())));
    }
  }

  private static Event.ScaledOut scaledOut(
      RolloutState at, BreachPolicy.ScaleOut more, Breach breach) {
    return new Event.ScaledOut(
        "scaled out at %s: %s; deployment %s gets %d pods, and what is seen counts again in %d s"
            .formatted(
                at.stepWords(),
                breach.words(),
                more.deployment(),
                more.scale().replicas(),
                more.grace().toSeconds()),
        breach);
  }

  /** Says for each cause why a step lasts longer than it was to, and ever more rarely again. */
  private void tell(RunState run, RolloutState at, Duration now) {
    Optional<Hindrance> found = RolloutTimeline.hindrance(run, at, scrape, now);
    Optional<String> cause = found.map(one -> at.step() + " " + one.cause());
    boolean another = !cause.equals(told);
    if (found.isPresent() && (another || now.compareTo(tellAgain) >= 0)) {
      silence = another ? FIRST_SILENCE : silence.multipliedBy(2);
      tellAgain = now.plus(silence);
      crew.recorder()
          .record(new Event.Held("%s: %s".formatted(at.stepWords(), found.get().words())));
    }
    told = cause.or(() -> told);
  }

  /**
   * A time in which both versions are under the same conditions.
   *
   * @param trial the step whose faults they bear; empty where they bear none
   * @param scaled when the canary was promised more pods
   * @param from when what is scraped was counted under these conditions
   */
  private record Stretch(
      int step, Optional<Integer> trial, Optional<Duration> scaled, Duration from) {
    boolean isSame(Stretch other) {
      return step == other.step && trial.equals(other.trial) && scaled.equals(other.scaled);
    }
  }

  private Stretch stretch(RunState run, RolloutState at, Duration now) {
    Duration settled = at.settled(scrape);
    return TrialCourse.of(run, at, block)
        .filter(trial -> trial.on(now))
        .map(
            trial ->
                new Stretch(
                    at.step(),
                    Optional.of(at.step()),
                    at.scaled(),
                    trial.began().orElse(settled).plus(scrape.multipliedBy(2))))
        .orElse(new Stretch(at.step(), Optional.empty(), at.scaled(), settled));
  }

  private void compare(Stretch stretch) {
    boolean begins = !seenAt.isSame(stretch);
    Map<Comparison, Seen> seen = new LinkedHashMap<>();
    for (Judged judged : spec.judged()) {
      if (judged.trial().equals(stretch.trial())) {
        seen.put(judged.comparison(), see(judged.comparison()));
      }
    }
    // Where the weight changed meanwhile, or pods came, the block holds a bit of both.
    if (state.step() != stretch.step() || !state.scaled().equals(stretch.scaled())) {
      return;
    }
    if (seen.values().stream().allMatch(one -> one.blind().isEmpty())) {
      seenAt = stretch;
      if (begins) {
        return;
      }
    }
    seen.forEach((comparison, one) -> record(comparison, one, begins));
    if (stretch.trial().isEmpty()) {
      share();
    }
  }

  /** What both versions did since the look before, or why that is not known. */
  private record Seen(Optional<Look> look, Optional<String> blind) {}

  private Seen see(Comparison comparison) {
    VersionCounters.Next canary = next(comparison, spec.canary());
    VersionCounters.Next stable = stable(comparison);
    Optional<Reading.Blind> blind = canary.blind().or(stable::blind);
    if (blind.isPresent()) {
      // Both blocks go on, so that they end together.
      return new Seen(
          Optional.empty(),
          blind.map(why -> "%s: %s".formatted(why.reason().words(), why.detail())));
    }
    counters.put(key(comparison, spec.canary()), canary.now());
    counters.put(key(comparison, spec.stable()), stable.now());
    return new Seen(
        canary.traffic().flatMap(one -> stable.traffic().map(other -> new Look(one, other))),
        Optional.empty());
  }

  /** Without any traffic stable may have ended, and what it counted is forgotten. */
  private VersionCounters.Next stable(Comparison comparison) {
    VersionCounters.Next stable = next(comparison, spec.stable());
    return state.all() ? stable.orNothing() : stable;
  }

  private VersionCounters.Next next(Comparison comparison, String version) {
    List<Answer> answers = comparison.measure().queries(version).stream().map(this::ask).toList();
    return counters
        .getOrDefault(key(comparison, version), VersionCounters.UNSEEN)
        .after(comparison.measure(), version, answers);
  }

  private Answer ask(Query query) {
    return crew.world().ask(query);
  }

  private static String key(Comparison comparison, String version) {
    return comparison.title() + "\n" + version;
  }

  private void record(Comparison comparison, Seen seen, boolean begins) {
    Optional<Look> look = begins ? Optional.empty() : seen.look();
    if (look.isEmpty() && seen.blind().isEmpty()) {
      return;
    }
    Judgement before = state.judgement(comparison);
    Judgement after = look.map(before::after).orElseGet(before::unseen);
    crew.recorder()
        .record(
            new Event.Compared(
                comparison.title(),
                look,
                seen.blind(),
                after.worse().log(),
                after.notWorse().log()));
  }

  private void share() {
    RolloutState at = state;
    if (at.requests() > 0 || at.share().interval().low() > 0 || at.share().interval().high() < 1) {
      crew.recorder()
          .record(
              new Event.ShareSeen(
                  at.counted(at.step()),
                  at.share().mean(),
                  at.share().interval(),
                  at.share().obedience()));
    }
  }
}
