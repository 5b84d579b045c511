package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.environment.Load;
import dev.faultline.model.fault.Http;
import dev.faultline.model.fault.NetworkFault;
import dev.faultline.model.fault.Surge;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.world.LinkEnds;
import dev.faultline.model.world.PortName;
import dev.faultline.model.world.Traffic;
import dev.faultline.model.world.Wiring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The content of an experiment.
 *
 * @param hypothesis what is believed, in a sentence
 * @param environment where it runs; may be given on the command line instead
 * @param load open-loop load during the whole run
 * @param ledger numbered writes during the whole run, accounted for afterwards
 * @param gates what must hold; at least one
 * @param observe what is recorded and explained beside the gates
 * @param faults what is done; none only where the steps of the load are
 * @param recovery what counts as recovered; {@code within: 60s} when absent
 * @param baseline how long the gates are watched before the first fault; the longest window of the
 *     gates and two scrapes when absent or shorter
 * @param lease how long a fault may live without its controller, from 2s to 1h; 10s when absent
 * @param seed fixes every random choice; drawn and printed when absent
 */
public record ExperimentSpec(
    Optional<String> hypothesis,
    Optional<EnvironmentRef> environment,
    Optional<Load> load,
    Optional<Ledger> ledger,
    List<Gate> gates,
    List<Observed> observe,
    List<FaultStep> faults,
    Optional<Recovery> recovery,
    Optional<Duration> baseline,
    Optional<Duration> lease,
    Optional<Long> seed) {

  /** Refuses an experiment that could prove nothing, twins among names, and circles in time. */
  public ExperimentSpec {
    gates = List.copyOf(gates);
    observe = List.copyOf(observe);
    faults = List.copyOf(faults);
    if (lease.isPresent() && lease.get().compareTo(Duration.ofSeconds(2)) < 0) {
      throw new InvalidValue(
          "lease", "the lease must be at least 2s: a controller that is busy renews it late");
    }
    if (lease.isPresent() && lease.get().compareTo(Duration.ofHours(1)) > 0) {
      throw new InvalidValue(
          "lease", "the lease must be at most 1h: so long a fault may live without its controller");
    }
    refuseTwinGates(gates);
    refuseTwinObservations(observe);
    if (ledger.isEmpty()) {
      refuseGatesOfLedger(gates);
    }
    refuseTwinSurges(load, faults);
    FaultOrder.require(disturbances(load, faults));
  }

  /** What is done, in order: the faults, and the surge that the steps of the load ask for. */
  public List<FaultStep> disturbances() {
    return disturbances(load, faults);
  }

  // Behind the faults, so that these keep their places in messages.
  private static List<FaultStep> disturbances(Optional<Load> load, List<FaultStep> faults) {
    List<FaultStep> all = new ArrayList<>(faults);
    load.filter(made -> !made.rises().isEmpty())
        .ifPresent(
            made ->
                all.add(
                    FaultStep.named(
                        Surge.NAME,
                        new Surge(made.rises()),
                        made.each().orElseThrow().multipliedBy(made.rises().size()))));
    return List.copyOf(all);
  }

  /** The same with other gates. */
  public ExperimentSpec with(List<Gate> others) {
    return new ExperimentSpec(
        hypothesis,
        environment,
        load,
        ledger,
        others,
        observe,
        faults,
        recovery,
        baseline,
        lease,
        seed);
  }

  /** Every database that the experiment speaks of, in the order in which it does. */
  public List<String> databases() {
    Set<String> names = new LinkedHashSet<>();
    faults.forEach(step -> step.target().ifPresent(target -> names.addAll(target.database())));
    ledger.ifPresent(kept -> names.add(kept.database()));
    return List.copyOf(names);
  }

  /**
   * The links that the faults name in a lab, so that relays can stand there from the start.
   *
   * @param environment whose load is the run's where the experiment has none
   */
  public Wiring wiring(EnvironmentSpec environment) {
    List<Wiring.Use> uses = new ArrayList<>();
    for (FaultStep step : faults) {
      if (environment.place() instanceof Lab
          && step.fault() instanceof NetworkFault
          && step.target().orElseThrow().netns().isEmpty()) {
        for (LinkEnds ends : step.target().orElseThrow().links()) {
          uses.add(
              new Wiring.Use(
                  ends,
                  step.traffic().flatMap(Traffic::port).map(PortName::text),
                  step.fault() instanceof Http));
        }
      }
    }
    return new Wiring(uses, load.or(environment::load));
  }

  private static void refuseTwinSurges(Optional<Load> load, List<FaultStep> faults) {
    boolean surges = load.map(made -> !made.steps().isEmpty()).orElse(false);
    for (int i = 0; i < faults.size(); i++) {
      if (faults.get(i).fault() instanceof Surge surge) {
        if (surges) {
          throw new InvalidValue(
              "faults/%d/surge".formatted(i),
              "one load has one surge; put all rates into one list of 'steps'");
        }
        surges = true;
        refuseShortSteps(surge.each(faults.get(i).lasts().orElseThrow()), i);
      }
    }
  }

  private static void refuseShortSteps(Duration each, int fault) {
    if (each.compareTo(Load.SHORTEST_STEP) < 0) {
      throw new InvalidValue(
          "faults/%d/for".formatted(fault),
          "each step would last less than 2s; make it longer: figures come by the second");
    }
  }

  private static void refuseTwinGates(List<Gate> gates) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < gates.size(); i++) {
      if (!names.add(gates.get(i).name())) {
        throw new InvalidValue(
            "gates/%d/name".formatted(i),
            "two gates are called '%s'; give one of them another name"
                .formatted(gates.get(i).name()));
      }
    }
  }

  private static void refuseTwinObservations(List<Observed> observe) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < observe.size(); i++) {
      if (!names.add(observe.get(i).title())) {
        throw new InvalidValue(
            "observe/%d%s".formatted(i, observe.get(i).name().isPresent() ? "/name" : ""),
            "two observations are called '%s'; give one of them another 'name'"
                .formatted(observe.get(i).title()));
      }
    }
  }

  private static void refuseGatesOfLedger(List<Gate> gates) {
    for (int i = 0; i < gates.size(); i++) {
      if (gates.get(i).signal() instanceof dev.faultline.model.gate.Ledger) {
        throw new InvalidValue(
            "gates/%d/ledger".formatted(i),
            "this experiment keeps no ledger; add one beside 'gates', such as"
                + " 'ledger: {database: NAME}'");
      }
    }
  }
}
