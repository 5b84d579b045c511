package dev.faultline.reports;

import dev.faultline.judge.Reading;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Kill;
import dev.faultline.model.fault.Step;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.Effect;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The synthetic runs for the tests of other packages. */
public final class Samples {

  private Samples() {}

  /** The events of every run, by its name. */
  public static Map<String, List<Entry>> events() {
    Map<String, List<Entry>> all = new LinkedHashMap<>();
    Runs.all().forEach((name, journal) -> all.put(name, journal.entries()));
    return all;
  }

  /** Gates are breached while orders are frozen. */
  public static RunSummary frozen() {
    return Runs.frozen().summary();
  }

  /** A new version of orders fails more often. */
  public static RunSummary rolledBack() {
    return Rollouts.rolledBack().summary();
  }

  /** A new version of orders is found out under faults that both versions bear. */
  public static RunSummary tried() {
    return Rollouts.tried().summary();
  }

  /** A new version of orders is shown to be as good. */
  public static RunSummary promoted() {
    return Rollouts.promoted().summary();
  }

  /** A new version of orders is promoted before anything is shown. */
  public static RunSummary promotedUnproven() {
    return Rollouts.promotedUnproven().summary();
  }

  /** The events end in the first step of a rollout. */
  public static RunSummary rolloutDied() {
    return Rollouts.died().summary();
  }

  /** Every gate holds while orders are frozen. */
  public static RunSummary passed() {
    return Runs.passed().summary();
  }

  /** Prometheus is away while orders are frozen. */
  public static RunSummary blind() {
    return Runs.blind().summary();
  }

  /** The events end while orders are frozen. */
  public static RunSummary died() {
    return Runs.died().summary();
  }

  /** Orders stay frozen. */
  public static RunSummary undoNotProven() {
    return Runs.undoNotProven().summary();
  }

  /** A pair fails over and loses nothing. */
  public static RunSummary synchronous() {
    return Failovers.synchronous().summary();
  }

  /** A pair fails over and loses what no standby had. */
  public static RunSummary asynchronous() {
    return Failovers.asynchronous().summary();
  }

  /** Two primaries acknowledge at the same time. */
  public static RunSummary splitBrain() {
    return Failovers.splitBrain().summary();
  }

  /** Patroni fails over with the settings that it comes with. */
  public static RunSummary patroni() {
    return Failovers.patroni().summary();
  }

  /** No writer comes back. */
  public static RunSummary neverBack() {
    return Failovers.neverBack().summary();
  }

  /** A pair fails over under 256 writers. */
  public static RunSummary many() {
    return Failovers.many().summary();
  }

  /** Orders are killed, which is over at once, and come back. */
  public static RunSummary killed() {
    Step kill =
        new Kill(Optional.empty())
            .plan(Shop.ORDERS, new Fault.Setting("kill-orders", Duration.ZERO, Duration.ZERO))
            .getFirst();
    StepRef ref = new StepRef("kill-orders", 0, "orders", 0);
    Journal journal =
        new Journal().add(Shop.started("killed", "Orders come back", false, List.of(Shop.ERRORS)));
    journal.at(1).phase(Phase.BASELINE).read(Shop.ERRORS, new Reading.Value(0));
    journal.at(2).phase(Phase.FAULTS).add(new Event.StepIntended(ref, kill));
    journal.add(new Event.StepApplied(ref, new Effect.Done("")));
    journal.at(2.1).add(new Event.StepVerified(ref, new Evidence(true, "gone")));
    journal.at(3).phase(Phase.RECOVERY).read(Shop.ERRORS, new Reading.Value(0.2));
    journal.at(9).read(Shop.ERRORS, new Reading.Value(0));
    return journal.at(10).phase(Phase.CLOSED).conclude().summary();
  }

  /**
   * A run of two minutes of nothing but load; a tenth of its seconds fail as a whole, if any do.
   */
  public static RunSummary loaded(long seed, long medianMicros, long failedInBadSeconds) {
    Journal journal = new Journal().add(Shop.started("loaded", "None", true, List.of(Shop.ERRORS)));
    for (int second = 0; second < 120; second++) {
      Map<String, Long> errors =
          failedInBadSeconds == 0 || second % 10 != 3
              ? Map.of()
              : Map.of("http 503", failedInBadSeconds);
      journal
          .at(second + 1)
          .load(
              second,
              200,
              errors,
              Traffic.histogram(seed * 1000 + second, 200, medianMicros, 10 * medianMicros));
    }
    return journal.summary();
  }
}
