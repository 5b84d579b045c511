package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.sequential.Alpha;
import dev.faultline.judge.sequential.Prospect;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.document.RolloutStep;
import dev.faultline.model.document.Trial;
import dev.faultline.model.rollout.Comparison;
import dev.faultline.model.route.Scaled;
import dev.faultline.model.route.Weighted;
import dev.faultline.model.world.RouteReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What the steps of a rollout can be expected to see, before any traffic has flowed. */
final class Prospects {

  /** Of stable's requests; what it really is, nobody knows before. */
  private static final double BASE = 0.01;

  private static final double MILLIS = 1000;

  private Prospects() {}

  /**
   * What each step of a rollout sees, where the rate of requests is known, and what its comparisons
   * take for granted.
   */
  static List<String> of(LoadedExperiment experiment) {
    return Stream.concat(
            experiment.rollout().stream().flatMap(Prospects::assumptions),
            seen(experiment).stream())
        .toList();
  }

  private static Stream<String> assumptions(RolloutSpec spec) {
    return Stream.of(
            counting(spec),
            holding(spec),
            scalingOut(spec),
            mirroring(spec),
            matching(spec),
            staying(spec),
            scaling(spec))
        .flatMap(all -> all);
  }

  /** What a mirrored request does, it does twice. */
  private static Stream<String> mirroring(RolloutSpec spec) {
    return spec.steps().stream()
        .filter(step -> step.mirror().isPresent())
        .map(
            step ->
                ("Step %s: no user gets an answer of the canary. But it does what these requests ask"
                        + " for, a second time: where it writes or charges, it must do so elsewhere.")
                    .formatted(step.words()));
  }

  /** Who matches is not drawn by lot, as who gets a part of the traffic is. */
  private static Stream<String> matching(RolloutSpec spec) {
    return spec.steps().stream()
        .filter(step -> step.match().isPresent())
        .map(
            step ->
                ("Step %s: how many requests match is not known before. All of them meet the canary; a"
                        + " comparison cannot tell what is special about them from a worse version.")
                    .formatted(step.words()));
  }

  private static Stream<String> staying(RolloutSpec spec) {
    return spec.route().by().splitsUsers()
        ? Stream.of(
            "Users are split, and stay at their version: with few of them the canary has another part of the requests than its weight, and a comparison cannot tell what is special about them from a worse version.")
        : Stream.empty();
  }

  /** Pods that have to start take time before each step; none of them go before the end. */
  private static Stream<String> scaling(RolloutSpec spec) {
    if (!(spec.route().by() instanceof Weighted route) || route.scaled().isEmpty()) {
      return Stream.empty();
    }
    Scaled pods = route.scaled().get();
    List<String> steps = new ArrayList<>();
    int most = 0;
    for (RolloutStep step : spec.steps()) {
      most = Math.max(most, pods.of(Math.max(step.share(), step.copies())));
      steps.add("%s: %d".formatted(step.words(), most));
    }
    steps.add("all: " + pods.of(1));
    return Stream.of(
        "Deployment %s has its pods before the canary has its traffic (%s); on the way back they go after it."
            .formatted(pods.deployment(), String.join(", ", steps)));
  }

  private static Stream<String> holding(RolloutSpec spec) {
    return spec.asksAfterBreach().stream()
        .map(
            asks ->
                "A breach takes no traffic back: requests meet the canary until a person decides, %d s at most."
                    .formatted(asks.patience().toSeconds()));
  }

  private static Stream<String> scalingOut(RolloutSpec spec) {
    return spec.scalesOut().stream()
        .map(
            more ->
                ("A first breach takes no traffic back: deployment %s gets %d pods, and requests meet the canary"
                        + " for %d s whatever it does. A breach after that takes all of it back.")
                    .formatted(
                        more.deployment(), more.scale().replicas(), more.grace().toSeconds()));
  }

  private static Stream<String> counting(RolloutSpec spec) {
    return spec.compare().stream()
        .filter(Comparison::counts)
        .map(
            one ->
                "Comparison %s takes each bad request for one of its own: bursts of them would blame a healthy canary."
                    .formatted(one.title()));
  }

  private static List<String> seen(LoadedExperiment experiment) {
    Optional<Double> rate =
        experiment.spec().load().or(() -> experiment.environment().load()).stream()
            .flatMap(load -> load.rate().stream())
            .map(Quantity::value)
            .findFirst();
    if (experiment.rollout().isEmpty() || rate.isEmpty()) {
      return List.of();
    }
    RolloutSpec spec = experiment.rollout().get();
    double look = spec.block(experiment.environment().scrape()).toMillis() / MILLIS;
    List<String> notes = new ArrayList<>();
    spec.steps().stream()
        .filter(step -> step.match().isEmpty())
        .forEach(step -> notes.add(of(spec, step, rate.get(), look)));
    spec.trials().stream()
        .filter(trial -> trial.step().match().isEmpty())
        .forEach(trial -> notes.addAll(of(spec, trial, rate.get(), look)));
    return List.copyOf(notes);
  }

  /** What nobody could be blamed for in so short a time says nothing about a canary. */
  private static List<String> of(RolloutSpec spec, Trial trial, double rate, double look) {
    Duration lasts = trial.lasts();
    return detectable(spec, trial.step(), rate, look, lasts.toMillis() / MILLIS).isPresent()
        ? List.of()
        : List.of(
            ("Under %s, which last %d s, not even a canary that is all bad would be blamed: let the"
                    + " faults last longer.")
                .formatted(trial.title(), lasts.toSeconds()));
  }

  private static String of(RolloutSpec spec, RolloutStep step, double rate, double look) {
    OptionalDouble least = detectable(spec, step, rate, look, step.lasts().toMillis() / MILLIS);
    String head =
        "Step %s: %.0f of %.0f requests a second %s the canary"
            .formatted(
                step.words(),
                rate * (step.share() + step.copies()),
                rate,
                step.mirror().isPresent() ? "are copied to" : "meet");
    return least.isEmpty()
        ? head
            + ", and within its hold not even a canary that is all bad would be blamed: hold"
            + " longer."
        : "%s; were %s of stable's bad, %s or more of its own would mostly be seen within its hold."
            .formatted(head, RouteReading.percent(BASE), percent(least.getAsDouble()));
  }

  private static OptionalDouble detectable(
      RolloutSpec spec, RolloutStep step, double rate, double look, double seconds) {
    Alpha alpha = spec.alpha();
    // What every comparison would see: the one that tolerates most sees least.
    OptionalDouble least = OptionalDouble.of(0);
    for (Comparison comparison : spec.compare()) {
      OptionalDouble seen =
          new Prospect(
                  rate * (1 + step.copies()), step.counted(), BASE, look, comparison.tolerated())
              .detectable(alpha, seconds);
      least =
          seen.isEmpty() || least.isEmpty()
              ? OptionalDouble.empty()
              : OptionalDouble.of(Math.max(least.getAsDouble(), seen.getAsDouble()));
    }
    return least;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.1f%%" : "%.0f%%", share * 100);
  }
}
