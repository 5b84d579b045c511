package dev.faultline.model.world;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One change to a Kubernetes cluster, through its API. */
public sealed interface ClusterAction extends Action.InCluster {

  /**
   * Deletes a pod, if it is still that pod.
   *
   * @param owner whose pod it is, as plans name it
   * @param grace how long its processes may take to end; what the pod states when empty
   */
  record DeletePod(ObjectRef pod, String owner, Optional<Duration> grace) implements ClusterAction {
    @Override
    public String describe() {
      return "delete a pod of %s%s"
          .formatted(
              owner,
              grace
                  .map(time -> time.isZero() ? " at once" : ", grace " + Spelled.asked(time))
                  .orElse(""));
    }
  }

  /**
   * Asks for the eviction of a pod, which a disruption budget may refuse.
   *
   * @param owner whose pod it is, as plans name it
   * @param grace how long its processes may take to end; what the pod states when empty
   */
  record EvictPod(ObjectRef pod, String owner, Optional<Duration> grace) implements ClusterAction {
    @Override
    public String describe() {
      return "evict a pod of " + owner;
    }
  }

  /**
   * Changes fields of an object, which from then on carries what undoes it. An object that is no
   * longer as the plan saw it is left alone.
   *
   * @param version that of the object when this was intended: nothing is written over a newer one
   *     without another look
   * @param mark names the change within the run
   */
  record ChangeObject(ObjectRef object, String version, String mark, List<FieldChange> changes)
      implements ClusterAction {
    /** Keeps the changes unchangeable. */
    public ChangeObject {
      changes = List.copyOf(changes);
    }

    @Override
    public String describe() {
      return "set %s of %s"
          .formatted(
              String.join(", ", changes.stream().map(FieldChange::words).toList()), object.words());
    }
  }

  /**
   * Changes an object back by what it carries itself. A field that somebody else changed meanwhile
   * is left alone; an object that carries nothing is touched, so that a change under way comes too
   * late.
   *
   * @param mark names the change within the run
   * @param changes what is to be taken back, for people
   */
  record RestoreObject(ObjectRef object, String mark, List<FieldChange> changes)
      implements ClusterAction {
    /** Keeps the changes unchangeable. */
    public RestoreObject {
      changes = List.copyOf(changes);
    }

    @Override
    public String describe() {
      return "set %s of %s"
          .formatted(
              String.join(", ", changes.stream().map(FieldChange::backWords).toList()),
              object.words());
    }
  }

  /**
   * Lets an object keep what it was changed to: takes away what it carries, and nothing else.
   *
   * @param mark names the change within the run
   * @param changes what it keeps, for people
   */
  record LeaveObject(ObjectRef object, String mark, List<FieldChange> changes)
      implements ClusterAction {
    /** Keeps the changes unchangeable. */
    public LeaveObject {
      changes = List.copyOf(changes);
    }

    @Override
    public String describe() {
      return "let %s keep what was set: %s"
          .formatted(
              object.words(), String.join(", ", changes.stream().map(FieldChange::words).toList()));
    }
  }
}
