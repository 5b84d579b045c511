package dev.faultline.model.fault;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField.Amount;
import dev.faultline.model.cluster.ObjectField.Amount.Bound;
import dev.faultline.model.cluster.ResourceAmount;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Squeezes what a container of a workload's pods may use. A request that is higher is lowered with
 * it, since no pod may ask for more than it may use.
 *
 * @param cpu in cores, such as {@code 50m} or {@code 0.5}
 * @param memory such as {@code 64Mi}
 * @param container which container of the pods; may be absent where they have one only
 */
public record Limits(Optional<String> cpu, Optional<String> memory, Optional<String> container)
    implements TemplateFault {

  /** Requires an amount, and of each that it is one. */
  public Limits {
    if (cpu.isEmpty() && memory.isEmpty()) {
      throw new InvalidValue("", "'cpu', 'memory' or both must be given");
    }
    check("cpu", cpu, "50m, 0.5");
    check("memory", memory, "64Mi, 1Gi");
    TemplateFault.checkContainer(container);
  }

  private static void check(String key, Optional<String> amount, String examples) {
    if (amount.isPresent() && amount.flatMap(ResourceAmount::parse).isEmpty()) {
      throw new InvalidValue(
          key, "'%s' is no amount of %s; such as %s".formatted(amount.get(), key, examples));
    }
  }

  @Override
  public List<FieldChange> changes(Instance.ObjectInstance object) {
    String name = containerOf(object);
    List<FieldChange> changes = new ArrayList<>();
    cpu.flatMap(ResourceAmount::parse)
        .ifPresent(most -> squeeze(object, name, "cpu", most, changes));
    memory
        .flatMap(ResourceAmount::parse)
        .ifPresent(most -> squeeze(object, name, "memory", most, changes));
    return changes;
  }

  private static void squeeze(
      Instance.ObjectInstance object,
      String container,
      String resource,
      ResourceAmount most,
      List<FieldChange> changes) {
    Amount limit = new Amount(container, Bound.LIMITS, resource);
    changes.add(new FieldChange(limit, object.value(limit), Optional.of(most.toString())));
    Amount request = new Amount(container, Bound.REQUESTS, resource);
    Optional<String> asked = object.value(request);
    if (asked.flatMap(ResourceAmount::parse).filter(more -> more.exceeds(most)).isPresent()) {
      changes.add(new FieldChange(request, asked, Optional.of(most.toString())));
    }
  }

  @Override
  public String words() {
    return "limits"
        + cpu.map(" cpu %s"::formatted).orElse("")
        + memory.map(" memory %s"::formatted).orElse("");
  }
}
