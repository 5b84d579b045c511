package dev.faultline.model.fault;

import dev.faultline.model.fault.EndsBy.Layer;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Strain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A fault of a machine, the one that Faultline runs on unless a host is named: a process of
 * Faultline's own takes something, and the kernel gives it back when that process ends, however it
 * ends.
 */
public sealed interface HostFault extends Fault permits Stress, DiskFill, Ports {

  /** How long it may take until what was held is given back. */
  Duration FREE_WITHIN = Duration.ofSeconds(30);

  /** What is taken, by names that tell one from the other. */
  Map<String, Strain> strains();

  /** The same at a target, where that makes a difference. */
  default Map<String, Strain> strains(Instance target) {
    return strains();
  }

  @Override
  default boolean instant() {
    return false;
  }

  @Override
  default boolean needsTarget() {
    return false;
  }

  @Override
  default Set<String> aims() {
    return Set.of("host");
  }

  @Override
  default List<Step> plan(Instance target, Setting setting) {
    List<Step> steps = new ArrayList<>();
    strains(target)
        .forEach((what, strain) -> steps.add(step(setting.name() + "." + what, strain, setting)));
    return List.copyOf(steps);
  }

  private static Step step(String name, Strain strain, Setting setting) {
    Query status = new Query.StrainStatus(name, strain);
    return new Step(
        new Action.HoldStrain(name, strain, setting.lease()),
        Optional.of(new Proof(status, new Expectation.Strained(true), strain.heldWithin())),
        Optional.of(
            new Step.Undo(
                new Action.EndStrain(name),
                Optional.of(new Proof(status, new Expectation.Strained(false), FREE_WITHIN)))));
  }

  @Override
  default List<EndsBy> endsBy(Setting setting) {
    return List.of(
        new EndsBy(Layer.PLAN, Optional.of(setting.lasts()), "the run withdraws it"),
        new EndsBy(
            Layer.LEASE,
            Optional.of(setting.lease()),
            "a timer of the kernel kills the process that holds it, stopped or not, when the run"
                + " stops renewing its lease"),
        new EndsBy(
            Layer.KERNEL,
            Optional.of(Duration.ZERO),
            "that process is killed when Faultline dies, and what it held is free"),
        new EndsBy(
            Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, see that no such process is left"));
  }
}
