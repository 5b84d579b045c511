package dev.faultline.reports.facts;

import dev.faultline.judge.Verdict;
import dev.faultline.model.summary.RunSummary;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a report states about a run, in the order of reading.
 *
 * @param run what it is made of
 * @param headline the verdict
 * @param promise whether every fault ended
 * @param recovery the moments of the failure
 * @param windows when faults were in force
 * @param faults what was done and what showed it
 * @param gates what was watched
 * @param observations what was looked at beside the gates
 * @param load what the load met
 * @param failover what a failover cost; empty for a run without a database
 * @param rollout what became of a new version; empty for an experiment
 * @param unmeasured what could not be measured
 * @param settings what someone needs to run it again
 */
public record Facts(
    RunSummary run,
    Headline headline,
    Promise promise,
    Recovery recovery,
    List<FaultWindow> windows,
    List<FaultFacts> faults,
    List<GateFacts> gates,
    List<ObservationFacts> observations,
    Optional<LoadFacts> load,
    Optional<FailoverFacts> failover,
    Optional<RolloutFacts> rollout,
    List<String> unmeasured,
    List<Setting> settings) {

  /** Keeps the lists unchangeable. */
  public Facts {
    windows = List.copyOf(windows);
    faults = List.copyOf(faults);
    gates = List.copyOf(gates);
    observations = List.copyOf(observations);
    unmeasured = List.copyOf(unmeasured);
    settings = List.copyOf(settings);
  }

  /** The facts of a run; the same run gives the same facts. */
  public static Facts of(RunSummary run) {
    Recovery recovery = Recovery.of(run);
    List<GateFacts> gates = run.gates().stream().map(GateFacts::of).toList();
    List<ObservationFacts> observations =
        run.observations().stream().map(ObservationFacts::of).toList();
    Optional<LoadFacts> load = LoadFacts.of(run);
    return new Facts(
        run,
        Headline.of(run),
        Promise.of(run),
        recovery,
        FaultWindow.of(run),
        FaultFacts.of(run),
        gates,
        observations,
        load,
        FailoverFacts.of(run),
        RolloutFacts.of(run),
        Unmeasured.of(run, recovery, gates, load),
        Setting.of(run));
  }

  /** Name of the experiment. */
  public String experiment() {
    return run.start().experiment();
  }

  /** What was believed. */
  public Optional<String> hypothesis() {
    return run.start().spec().hypothesis();
  }

  /** Whether the faults were left out. */
  public boolean control() {
    return run.start().control();
  }

  /** When the run began, by the wall clock. */
  public String began() {
    return Spelling.wall(run.began());
  }

  /** How long it lasted. */
  public String lasted() {
    return Spelling.span(run.lasted());
  }

  /** Every reason of the verdict. */
  public List<Verdict.Reason> reasons() {
    return run.verdict().map(Verdict::reasons).orElse(List.of());
  }

  /** Why the timeline was left, in words. */
  public List<String> stops() {
    return run.stops().stream()
        .map(stop -> "%s %s".formatted(Spelling.at(stop.elapsed()), stop.what().words()))
        .toList();
  }

  /** What the reader should know that the plan already said. */
  public List<String> notes() {
    return run.plan().map(plan -> plan.notes()).orElse(List.of());
  }
}
