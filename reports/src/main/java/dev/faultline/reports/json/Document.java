package dev.faultline.reports.json;

import dev.faultline.model.event.Phase;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.PhaseWords;
import dev.faultline.reports.findings.Findings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A whole report. Moments are seconds since the start of the run by its monotonic clock.
 *
 * @param schema name and version of this form
 * @param verdict how the run ended; left out when it is not known to have ended
 * @param undos whether every fault ended
 * @param recovery the moments of the failure and the times between them
 * @param findings what somebody could change
 * @param failover what a failover cost; left out for a run without a database
 * @param rollout what became of a new version; left out for an experiment
 * @param sightings what the environment did and saw
 * @param stops why the timeline was left
 * @param unmeasured what could not be measured, a sentence each
 */
public record Document(
    String schema,
    RunPart run,
    Optional<VerdictPart> verdict,
    UndoPart undos,
    List<FindingPart> findings,
    RecoveryPart recovery,
    List<PhasePart> phases,
    List<FaultPart> faults,
    List<GatePart> gates,
    List<ObservationPart> observations,
    Optional<LoadPart> load,
    Optional<FailoverPart> failover,
    Optional<RolloutPart> rollout,
    List<SightingPart> sightings,
    List<StopPart> stops,
    List<String> unmeasured) {

  /** Name and version of this form. */
  public static final String SCHEMA = "faultline.dev/report/v1";

  /** What was run, where, by what. */
  public record RunPart(
      String id,
      String experiment,
      Optional<String> hypothesis,
      boolean control,
      String began,
      double durationSeconds,
      String file,
      String host,
      String faultlineVersion,
      Optional<PlanPart> plan,
      Map<String, String> setting) {}

  /** What the plan fixed. */
  public record PlanPart(
      String hash, long seed, double leaseSeconds, double intervalSeconds, List<String> notes) {}

  /** How the run ended. */
  public record VerdictPart(String outcome, int exitCode, List<ReasonPart> reasons) {}

  /** One finding. */
  public record ReasonPart(String outcome, String subject, String words) {}

  /** Whether every fault ended. */
  public record UndoPart(long total, long proven, List<String> open, String words) {}

  /** One phase of the run. */
  public record PhasePart(String phase, double fromSeconds, double toSeconds) {}

  /** Something that the environment did or saw. */
  public record SightingPart(double atSeconds, String kind, String source, String words) {}

  /** Why the timeline was left. */
  public record StopPart(double atSeconds, String reason, Optional<String> gate, String words) {}

  /** The document of a run. */
  public static Document of(Facts facts) {
    RunSummary run = facts.run();
    return new Document(
        SCHEMA,
        runPart(facts),
        verdict(facts),
        new UndoPart(
            facts.promise().undos(),
            facts.promise().proven(),
            facts.promise().open(),
            facts.promise().words()),
        Findings.of(facts).stream().map(FindingPart::of).toList(),
        RecoveryPart.of(run.figures()),
        run.phases().stream()
            .map(span -> phase(span.phase(), Seconds.of(span.from()), Seconds.of(span.to())))
            .toList(),
        facts.faults().stream().map(FaultPart::of).toList(),
        facts.gates().stream().map(GatePart::of).toList(),
        facts.observations().stream().map(ObservationPart::of).toList(),
        facts.load().map(load -> LoadPart.of(run, load)),
        facts.failover().map(FailoverPart::of),
        facts.rollout().map(RolloutPart::of),
        sightings(run),
        run.stops().stream()
            .map(
                stop ->
                    new StopPart(
                        Seconds.of(stop.elapsed()),
                        Seconds.word(stop.what().reason()),
                        stop.what().gate(),
                        stop.what().words()))
            .toList(),
        facts.unmeasured());
  }

  private static PhasePart phase(Phase phase, double from, double to) {
    return new PhasePart(PhaseWords.of(phase), from, to);
  }

  private static RunPart runPart(Facts facts) {
    RunSummary run = facts.run();
    Map<String, String> setting = new TreeMap<>();
    facts.settings().forEach(one -> setting.put(one.name(), one.value()));
    return new RunPart(
        run.start().run(),
        run.start().experiment(),
        facts.hypothesis(),
        facts.control(),
        run.began().toString(),
        Seconds.of(run.lasted()),
        run.start().file(),
        run.start().host(),
        run.start().version(),
        run.plan()
            .map(
                plan ->
                    new PlanPart(
                        plan.hash(),
                        plan.seed(),
                        Seconds.of(plan.lease()),
                        Seconds.of(plan.times().interval()),
                        plan.notes())),
        setting);
  }

  private static Optional<VerdictPart> verdict(Facts facts) {
    return facts
        .run()
        .verdict()
        .map(
            verdict ->
                new VerdictPart(
                    verdict.outcome().words(),
                    verdict.outcome().exitCode(),
                    verdict.reasons().stream()
                        .map(
                            reason ->
                                new ReasonPart(
                                    reason.outcome().words(), reason.subject(), reason.words()))
                        .toList()));
  }

  private static List<SightingPart> sightings(RunSummary run) {
    return run.sightings().stream()
        .map(
            seen ->
                new SightingPart(
                    Seconds.of(seen.elapsed()),
                    Seconds.word(seen.what().kind()),
                    seen.what().source(),
                    seen.what().words()))
        .toList();
  }
}
