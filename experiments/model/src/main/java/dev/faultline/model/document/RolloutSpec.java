package dev.faultline.model.document;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.judge.sequential.Alpha;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.environment.Load;
import dev.faultline.model.fault.Shift;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.rollout.Comparison;
import dev.faultline.model.rollout.Routing;
import dev.faultline.model.route.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The content of a rollout: traffic goes from stable to canary step by step, as long as the canary
 * is no worse.
 *
 * @param hypothesis what is believed, in a sentence
 * @param environment where it runs; may be given on the command line instead
 * @param load open-loop load during the whole run
 * @param ledger numbered writes during the whole run, accounted for afterwards
 * @param stable what the version that serves is called in the metrics; must be given
 * @param canary what the new version is called in the metrics; must be given
 * @param route where traffic is split; must be given
 * @param steps the requests that go to the canary: copies first, then those that have something,
 *     then parts of the traffic, each larger than the one before, or as large where both versions
 *     bear faults; at least one
 * @param gates what must hold whatever version answers
 * @param compare in what the canary must be no worse than stable; at least one
 * @param confidence the chance that a canary that is no worse goes through, whatever is compared
 *     and however often, from 50% to 99.9999%; 99% when absent
 * @param look how long one block of the comparison lasts, from 1s to 10m; 2s when absent, and no
 *     less than two scrapes
 * @param warmUp how long the canary's first requests do not count, at most 1h; 10s when absent
 * @param baseline how long the gates are watched before the first step; the longest window of the
 *     gates and two scrapes when absent or shorter
 * @param recovery what counts as recovered after all traffic went back; {@code within: 60s} when
 *     absent
 * @param lease how long the canary may get traffic without a controller, from 2s to 1h; 10s when
 *     absent
 * @param rollbackWindow how long the canary has all traffic while stable is kept ready, before it
 *     is promoted for good, at most 7d; none when absent
 * @param onBreach what a breached gate or a canary that is worse leads to; {@code rollback} when
 *     absent
 */
public record RolloutSpec(
    Optional<String> hypothesis,
    Optional<EnvironmentRef> environment,
    Optional<Load> load,
    Optional<Ledger> ledger,
    String stable,
    String canary,
    Routing route,
    List<RolloutStep> steps,
    List<Gate> gates,
    List<Comparison> compare,
    Optional<Quantity> confidence,
    Optional<Duration> look,
    Optional<Duration> warmUp,
    Optional<Duration> baseline,
    Optional<Recovery> recovery,
    Optional<Duration> lease,
    Optional<Duration> rollbackWindow,
    Optional<BreachPolicy> onBreach) {

  /** What the shift of a rollout is called in its plan and its journal. */
  public static final String SHIFT = "canary";

  /** What the pods are called in them that the canary gets at a breach. */
  public static final String SCALE_OUT = "scale-out";

  private static final double CONFIDENCE = 0.99;
  private static final double LEAST_CONFIDENCE = 0.5;
  private static final double MOST_CONFIDENCE = 0.999999;
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  /** Refuses a rollout that would go nowhere, or that could not see a bad version. */
  public RolloutSpec {
    steps = List.copyOf(steps);
    gates = List.copyOf(gates);
    compare = List.copyOf(compare);
    named(stable, "stable");
    named(canary, "canary");
    if (stable.equals(canary)) {
      throw new InvalidValue("canary", "both versions have the same name; the metrics need two");
    }
    InvalidValue.required(route, "route");
    requireSteps(steps);
    requireFit(route, steps);
    requireComparisons(compare);
    between("look", look, Duration.ofSeconds(1), Duration.ofMinutes(10));
    between("warmUp", warmUp, Duration.ZERO, Duration.ofHours(1));
    confidence.ifPresent(RolloutSpec::checkConfidence);
    onBreach.flatMap(BreachPolicy::scalesOut).ifPresent(_ -> requireNoPodsShared(route));
    if (rollbackWindow.isPresent()) {
      requireWatched(rollbackWindow, route, gates);
    }
    if (load.isPresent() && !load.get().steps().isEmpty()) {
      throw new InvalidValue(
          "load/steps", "the load of a rollout has a 'rate': what changes is the version alone");
    }
    // What an experiment asks of the same keys.
    var _ =
        new ExperimentSpec(
            hypothesis,
            environment,
            load,
            ledger,
            gates,
            List.of(),
            List.of(),
            recovery,
            baseline,
            lease,
            Optional.empty());
  }

  private static void named(String name, String key) {
    InvalidValue.required(name, key);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.:-]{0,62}")) {
      throw new InvalidValue(
          key,
          "'%s' cannot name a version: letters, digits, '-', '_', '.', ':', 63 in all"
              .formatted(name));
    }
  }

  private static void requireSteps(List<RolloutStep> steps) {
    if (steps.isEmpty()) {
      throw new InvalidValue(
          "steps", "a rollout needs at least one step, such as 'steps: [{weight: 10%}]'");
    }
    Set<String> experiments = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      if (!steps.get(i).experiment().map(Trial::bare).map(experiments::add).orElse(true)) {
        throw new InvalidValue(
            "steps/%d/experiment".formatted(i),
            "an experiment of this name stands in a step before");
      }
    }
    for (int i = 1; i < steps.size(); i++) {
      RolloutStep before = steps.get(i - 1);
      RolloutStep next = steps.get(i);
      boolean trial = next.tries() || next.experiment().isPresent();
      requireMirrorsFirst(before, next, i);
      if (next.match().isPresent() && before.weight().isPresent()) {
        throw new InvalidValue(
            "steps/%d/match".formatted(i),
            "steps with a 'match' come before those with a 'weight'");
      }
      if (next.match().isPresent() && next.match().equals(before.match()) && !trial) {
        throw new InvalidValue("steps/%d/match".formatted(i), "the step before matches the same");
      }
      if (next.share() < before.share()
          || (next.weight().isPresent() && next.share() == before.share() && !trial)) {
        throw new InvalidValue(
            "steps/%d/weight".formatted(i), "each step must be larger than the one before");
      }
    }
  }

  private static void requireMirrorsFirst(RolloutStep before, RolloutStep next, int step) {
    if (next.mirror().isEmpty()) {
      return;
    }
    if (before.mirror().isEmpty()) {
      throw new InvalidValue(
          "steps/%d/mirror".formatted(step),
          "steps with a 'mirror' come before all others: once users meet the canary, copies would show less");
    }
    if (next.copies() <= before.copies()) {
      throw new InvalidValue(
          "steps/%d/mirror".formatted(step), "each step must be larger than the one before");
    }
  }

  private static void requireFit(Routing route, List<RolloutStep> steps) {
    for (int i = 0; i < steps.size(); i++) {
      RolloutStep step = steps.get(i);
      Optional<String> unfit =
          step.mirror().isPresent()
              ? route.by().unfitToMirror()
              : step.match().map(route.by()::unfit).orElseGet(() -> route.by().unfit(step.share()));
      if (unfit.isPresent()) {
        throw new InvalidValue("steps/%d/%s".formatted(i, step.key()), unfit.get());
      }
    }
  }

  private static void requireNoPodsShared(Routing route) {
    if (route.by().bringsUpCanary()) {
      throw new InvalidValue(
          "onBreach",
          route.by().splitsPods()
              ? "pods are what splits the traffic here: more of them would be a larger part for the canary"
              : "the canary's pods come with its traffic here ('scaled'): let it have more from the beginning");
    }
  }

  private static void requireWatched(Optional<Duration> window, Routing route, List<Gate> gates) {
    between("rollbackWindow", window, Duration.ofSeconds(1), Duration.ofDays(7));
    if (route.by().splitsPods()) {
      throw new InvalidValue(
          "rollbackWindow",
          "stable has no pods left that could be kept ready once the canary has all of them; let"
              + " the last step hold for longer");
    }
    if (gates.stream().noneMatch(gate -> gate.aborts() && gate.when().contains(Gate.When.DURING))) {
      throw new InvalidValue(
          "rollbackWindow",
          "nothing would watch: stable has no traffic then to compare with, and no gate counts"
              + " during the rollout");
    }
  }

  private static void requireComparisons(List<Comparison> compare) {
    if (compare.isEmpty()) {
      throw new InvalidValue(
          "compare",
          "a rollout needs at least one comparison: without one it could neither tell a bad version"
              + " from a bad day, nor see where traffic goes");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < compare.size(); i++) {
      if (!names.add(compare.get(i).title())) {
        throw new InvalidValue(
            "compare/%d%s".formatted(i, compare.get(i).name().isPresent() ? "/name" : ""),
            "two comparisons are called '%s'; give one of them another 'name'"
                .formatted(compare.get(i).title()));
      }
    }
  }

  private static void between(String key, Optional<Duration> time, Duration least, Duration most) {
    if (time.isPresent() && (time.get().compareTo(least) < 0 || time.get().compareTo(most) > 0)) {
      throw new InvalidValue(
          key,
          "'%s' must be from %d s to %d s".formatted(key, least.toSeconds(), most.toSeconds()));
    }
  }

  private static void checkConfidence(Quantity confidence) {
    if (confidence.unit() != Unit.SHARE
        || confidence.value() < LEAST_CONFIDENCE
        || confidence.value() > MOST_CONFIDENCE) {
      throw new InvalidValue("confidence", "'confidence' is from 50% to 99.9999%");
    }
  }

  /**
   * What a rollout has in common with an experiment: one whose only fault is the new version, in
   * its first step.
   */
  public ExperimentSpec experiment() {
    Duration all =
        steps.stream()
            .map(RolloutStep::lasts)
            .reduce(rollbackWindow.orElse(Duration.ZERO), Duration::plus);
    List<FaultStep> faults = new ArrayList<>();
    faults.add(FaultStep.named(SHIFT, shift(), all));
    trials().forEach(trial -> faults.addAll(trial.faults()));
    scalesOut().ifPresent(more -> faults.add(more.fault(SCALE_OUT, all)));
    return new ExperimentSpec(
        hypothesis,
        environment,
        load,
        ledger,
        gates,
        List.of(),
        faults,
        recovery,
        baseline,
        lease,
        Optional.empty());
  }

  /** The steps in which both versions bear faults. */
  public List<Trial> trials() {
    return IntStream.range(0, steps.size())
        .filter(i -> steps.get(i).tries())
        .mapToObj(i -> new Trial(i, steps.get(i), stable, canary))
        .toList();
  }

  /** All that is judged: each comparison, and then each once more for each trial. */
  public List<Judged> judged() {
    List<Judged> all = new ArrayList<>();
    compare.forEach(one -> all.add(new Judged(one, Optional.empty())));
    for (Trial trial : trials()) {
      compare.forEach(one -> all.add(new Judged(trial.under(one), Optional.of(trial.number()))));
    }
    return List.copyOf(all);
  }

  /** The shift to the first step. */
  public Shift shift() {
    RolloutStep first = steps.getFirst();
    return new Shift(route.by(), first.weight(), first.match(), first.mirror());
  }

  /**
   * Which requests go to the canary in any case: those of the newest step that says so, until all
   * do.
   *
   * @param step from 0; as many as there are steps, when all traffic goes to the canary
   */
  public Optional<Match> match(int step) {
    return step >= steps.size()
        ? Optional.empty()
        : steps.stream()
            .limit(step + 1L)
            .flatMap(one -> one.match().stream())
            .reduce((_, later) -> later);
  }

  /**
   * Of which part of the requests the canary gets a copy, from 0 to 1.
   *
   * @param step from 0; as many as there are steps, when all traffic goes to the canary
   */
  public double copies(int step) {
    return step >= steps.size() ? 0 : steps.get(step).copies();
  }

  /**
   * The chance that a canary is blamed that is no worse, and how it is split. With more pods all is
   * judged anew.
   */
  public Alpha alpha() {
    return new Alpha(
        1 - confidence.map(Quantity::value).orElse(CONFIDENCE),
        judged().size(),
        scalesOut().isPresent() ? 2 : 1);
  }

  /** How long a person has to decide after a breach; empty where nobody is asked. */
  public Optional<Approve> asksAfterBreach() {
    return onBreach.flatMap(BreachPolicy::asks);
  }

  /** What the canary gets at a breach; empty where it gets nothing. */
  public Optional<BreachPolicy.ScaleOut> scalesOut() {
    return onBreach.flatMap(BreachPolicy::scalesOut);
  }

  /** How long one block of the comparison lasts, where metrics come so far apart. */
  public Duration block(Duration scrape) {
    Duration least = scrape.multipliedBy(2);
    Duration asked = look.orElse(LOOK);
    return asked.compareTo(least) > 0 ? asked : least;
  }

  /** How long the canary's first requests do not count. */
  public Duration warmingUp() {
    return warmUp.orElse(WARM_UP);
  }

  /** The same with other steps. */
  public RolloutSpec stepping(List<RolloutStep> others) {
    return with(others, gates);
  }

  /** The same with other gates. */
  public RolloutSpec with(List<Gate> others) {
    return with(steps, others);
  }

  private RolloutSpec with(List<RolloutStep> otherSteps, List<Gate> otherGates) {
    return new RolloutSpec(
        hypothesis,
        environment,
        load,
        ledger,
        stable,
        canary,
        route,
        otherSteps,
        otherGates,
        compare,
        confidence,
        look,
        warmUp,
        baseline,
        recovery,
        lease,
        rollbackWindow,
        onBreach);
  }
}
