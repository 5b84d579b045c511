package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.environment.Load;
import dev.faultline.model.fault.EndsBy.Layer;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * More requests than usual: the load of the experiment goes through these rates, each for the same
 * time, and then back to its own.
 *
 * @param steps requests per second, one after the other, each above 0/s and at most 100000/s
 */
public record Surge(List<Quantity> steps) implements Fault {

  /** What a surge is called that the steps of a load ask for. */
  public static final String NAME = "surge";

  // A second is full when the next one begins, and the rate changes between two seconds. Pods that
  // make the load hear of it, and tell of it, some seconds later.
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(15);

  /** Requires a rate. */
  public Surge {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new InvalidValue("steps", "'steps' is missing: rates, such as [200/s, 400/s]");
    }
    for (int i = 0; i < steps.size(); i++) {
      Load.checkRate(steps.get(i), "steps/%d".formatted(i));
    }
  }

  /** How long each step lasts in a surge that lasts so long. */
  public Duration each(Duration lasts) {
    return lasts.dividedBy(steps.size());
  }

  @Override
  public boolean instant() {
    return false;
  }

  @Override
  public boolean needsTarget() {
    return false;
  }

  @Override
  public Set<String> aims() {
    return Set.of();
  }

  @Override
  public String words() {
    return "surge (%s)"
        .formatted(steps.stream().map(Quantity::text).collect(Collectors.joining(", ")));
  }

  @Override
  public List<Step> plan(Instance target, Setting setting) {
    Duration each = each(setting.lasts());
    return List.of(
        new Step(
            new Action.SurgeLoad(steps, each),
            Optional.of(proof(true)),
            Optional.of(new Step.Undo(new Action.EndSurge(), Optional.of(proof(false))))));
  }

  private static Proof proof(boolean on) {
    return new Proof(new Query.LoadRate(), new Expectation.Surging(on), SHOWN_WITHIN);
  }

  @Override
  public List<EndsBy> endsBy(Setting setting) {
    return List.of(
        new EndsBy(Layer.PLAN, Optional.of(setting.lasts()), "the run withdraws it"),
        new EndsBy(
            Layer.KERNEL,
            Optional.of(Duration.ZERO),
            "the load is sent by Faultline's own process, and ends with it"));
  }
}
