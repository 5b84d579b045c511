package dev.faultline.model.fault;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.fault.EndsBy.Layer;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A fault that changes fields of an object of a Kubernetes cluster. What undoes it stands in an
 * annotation of the object itself, written together with the change.
 */
public sealed interface ObjectFault extends Fault permits FieldFault, TemplateFault {

  /** How long an undo may take to show. */
  Duration RESTORED_WITHIN = Duration.ofSeconds(20);

  /**
   * What it changes of an object, with the values before.
   *
   * @throws FaultRefused when the object cannot be changed in this way
   */
  List<FieldChange> changes(Instance.ObjectInstance object);

  /** How long the cluster may take to bring it about. */
  Duration shownWithin();

  @Override
  default boolean instant() {
    return false;
  }

  @Override
  default boolean needsTarget() {
    return true;
  }

  @Override
  default boolean hits(Instance found) {
    return found instanceof Instance.ObjectInstance;
  }

  @Override
  default List<Step> plan(Instance target, Setting setting) {
    if (!(target instanceof Instance.ObjectInstance object)) {
      throw new FaultRefused("this fault needs an object of a Kubernetes cluster as its target");
    }
    object
        .fixed()
        .ifPresent(
            why -> {
              throw new FaultRefused("%s cannot be changed: %s".formatted(object.owner(), why));
            });
    List<FieldChange> wanted = changes(object);
    List<FieldChange> changes =
        wanted.stream().filter(change -> !change.was().equals(change.is())).toList();
    if (changes.isEmpty()) {
      FieldChange first = wanted.getFirst();
      throw new FaultRefused(
          "%s of %s is %s already, and not by this run: there is nothing to disturb"
              .formatted(first.field().words(), object.owner(), first.was().orElse("absent")));
    }
    return List.of(step(object, changes, setting));
  }

  private Step step(Instance.ObjectInstance object, List<FieldChange> changes, Setting setting) {
    String mark = setting.name();
    Query status = new Query.ObjectStatus(object.object(), mark, changes);
    return new Step(
        new ClusterAction.ChangeObject(object.object(), object.version(), mark, changes),
        Optional.of(new Proof(status, new Expectation.ObjectChanged(changes), shownWithin())),
        Optional.of(
            new Step.Undo(
                new ClusterAction.RestoreObject(object.object(), mark, changes),
                Optional.of(
                    new Proof(
                        status, new Expectation.ObjectChanged(List.of()), RESTORED_WITHIN)))));
  }

  @Override
  default List<EndsBy> endsBy(Setting setting) {
    return List.of(
        new EndsBy(Layer.PLAN, Optional.of(setting.lasts()), "the run withdraws it"),
        new EndsBy(
            Layer.JOURNAL,
            Optional.empty(),
            "faultline undo, and every later run, withdraw it by what the object carries itself;"
                + " nothing in the cluster does"));
  }
}
