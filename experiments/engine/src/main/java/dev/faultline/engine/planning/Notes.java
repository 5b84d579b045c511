package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.environment.Hosts;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.world.Target;
import java.util.ArrayList;
import java.util.List;

/** What a reader of a plan should know before he says yes. */
final class Notes {

  private Notes() {}

  /** The notes, in sentences. */
  static List<String> of(LoadedExperiment experiment, List<PlannedFault> faults, Plan.Times times) {
    List<String> notes = new ArrayList<>();
    if (faults.stream().allMatch(PlannedFault::instant)) {
      notes.add(
          "Every fault is over at once: nothing can be withdrawn, so a breach starts the"
              + " recovery clock and 'recovery' decides.");
    }
    experiment.spec().disturbances().stream()
        .filter(step -> step.target().filter(Target::follows).isPresent())
        .forEach(step -> notes.add(following(step.title(), faults)));
    for (Gate gate : experiment.spec().gates()) {
      notes.addAll(gate.cautions(times.total(), times.recovery()));
    }
    if (experiment.environment().place() instanceof Hosts) {
      notes.add(
          "What is in force on a host is held by a program there, which SSH feeds: it ends with the"
              + " connection, and at the latest when the lease is not renewed.");
    }
    experiment
        .environment()
        .prometheus()
        .filter(PrometheusEndpoint::unverified)
        .ifPresent(
            endpoint ->
                notes.add(
                    "The certificate of %s is not checked (insecureSkipVerify): whoever stands in"
                            .formatted(endpoint.address())
                        + " between can read the credentials and make up the readings."));
    return notes;
  }

  private static String following(String name, List<PlannedFault> faults) {
    long most =
        faults.stream()
            .filter(fault -> fault.name().equals(name))
            .mapToLong(fault -> fault.targets().size())
            .sum();
    return ("Ready pods that take the place of targets of %s while it lasts are disturbed in their"
            + " place, never more than %d at once.")
        .formatted(name, most);
  }
}
