package dev.faultline.serve.page;

import dev.faultline.judge.Verdict;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.summary.RolloutSummary;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.RouteReading;
import dev.faultline.reports.facts.PhaseWords;
import dev.faultline.reports.facts.Spelling;
import dev.faultline.serve.runs.Brief;
import dev.faultline.serve.runs.Open;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A run as it stands.
 *
 * @param brief the same in a few words
 * @param elapsed how long it has been on, until its last event
 * @param phases what it went through, and where it is
 * @param gates how each gate stands
 * @param open what may be in force
 * @param planned how many faults are planned
 * @param share where the traffic of a rollout goes
 * @param held why its step lasts longer than it was to
 * @param load what the load met lately
 * @param seen the newest of what the environment did and saw
 * @param reasons of its verdict
 * @param hypothesis what is believed
 */
public record RunNow(
    Brief brief,
    String elapsed,
    List<Step> phases,
    List<GateNow> gates,
    List<Open> open,
    int planned,
    Optional<String> share,
    Optional<String> held,
    Optional<LoadNow> load,
    List<Sight> seen,
    List<Verdict.Reason> reasons,
    Optional<String> hypothesis) {

  private static final int SIGHTS = 6;

  /** Keeps the lists unchangeable. */
  public RunNow {
    phases = List.copyOf(phases);
    gates = List.copyOf(gates);
    open = List.copyOf(open);
    seen = List.copyOf(seen);
    reasons = List.copyOf(reasons);
  }

  /**
   * A phase.
   *
   * @param name its name
   * @param words how long it took, or how long it is to last
   * @param present whether the run is in it
   */
  public record Step(String name, String words, boolean present) {}

  /** Something that the environment did or saw. */
  public record Sight(String at, String source, String words) {}

  /** A run of which these are all events so far. */
  public static RunNow of(Brief brief, RunSummary run) {
    Optional<RolloutSummary> rollout = run.rollout();
    return new RunNow(
        brief,
        Spelling.span(run.lasted()),
        steps(brief, run),
        run.gates().stream().map(GateNow::of).toList(),
        Open.of(run),
        run.plan().map(plan -> plan.faults().size()).orElse(0),
        rollout
            .filter(one -> !one.shares().isEmpty())
            .map(one -> share(one.shares().getLast().what())),
        rollout.filter(_ -> brief.isOn()).flatMap(one -> held(one, run)),
        LoadNow.of(run.load()),
        run.sightings().reversed().stream()
            .limit(SIGHTS)
            .map(
                one ->
                    new Sight(Spelling.at(one.elapsed()), one.what().source(), one.what().words()))
            .toList(),
        run.verdict().map(Verdict::reasons).orElse(List.of()),
        run.start().spec().hypothesis());
  }

  private static List<Step> steps(Brief brief, RunSummary run) {
    return run.phases().stream()
        .filter(span -> span.phase() != Phase.CLOSED)
        .map(
            span -> {
              boolean present = brief.isOn() && span.equals(run.phases().getLast());
              String spent = Spelling.span(span.to().minus(span.from()));
              String of =
                  run.plan()
                      .filter(_ -> present)
                      .flatMap(plan -> length(span.phase(), plan.times()))
                      .orElse("");
              return new Step(PhaseWords.of(span.phase()), spent + of, present);
            })
        .toList();
  }

  private static Optional<String> length(Phase phase, Plan.Times times) {
    return switch (phase) {
      case BASELINE -> of("of %s", times.baseline());
      case FAULTS -> of("of %s", times.faults());
      case ROLLOUT -> of("of %s at least", times.faults());
      case RECOVERY -> of("of %s at most", times.recovery());
      case PREPARE, UNDO, CLOSED -> Optional.empty();
    };
  }

  private static Optional<String> of(String form, Duration length) {
    return length.isZero()
        ? Optional.empty()
        : Optional.of(" " + form.formatted(Spelling.span(length)));
  }

  private static String share(Event.ShareSeen seen) {
    return "%s; seen %s (%s to %s), %s"
        .formatted(
            seen.asked() == 0
                ? "requests that match are asked for"
                : RouteReading.percent(seen.asked()) + " asked",
            RouteReading.percent(seen.mean()),
            RouteReading.percent(seen.interval().low()),
            RouteReading.percent(seen.interval().high()),
            seen.obedience().name().toLowerCase(Locale.ROOT));
  }

  /** What was said last, where nothing was looked at since. */
  private static Optional<String> held(RolloutSummary rollout, RunSummary run) {
    return rollout.holds().isEmpty()
        ? Optional.empty()
        : Optional.of(rollout.holds().getLast())
            .filter(one -> run.lasted().minus(one.elapsed()).compareTo(Duration.ofMinutes(1)) < 0)
            .map(one -> "%s (%s)".formatted(one.what().words(), Spelling.at(one.elapsed())));
  }

  /** Whether something of it may be in force although nobody is there to undo it. */
  public boolean isLeft() {
    return !brief.isOn() && !open.isEmpty();
  }
}
