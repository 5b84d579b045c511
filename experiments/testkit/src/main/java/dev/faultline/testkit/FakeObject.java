package dev.faultline.testkit;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.FieldValue;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectReading;
import dev.faultline.model.cluster.ObjectReading.FieldReading;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One object of a cluster in memory, with the marks of who has changed it. */
final class FakeObject {

  private final ObjectRef ref;
  private final Map<ObjectField, String> fields = new HashMap<>();
  private final Set<String> marks = new HashSet<>();
  private int version = 1;

  FakeObject(ObjectRef ref) {
    this.ref = ref;
  }

  ObjectRef ref() {
    return ref;
  }

  Set<String> marks() {
    return Set.copyOf(marks);
  }

  Optional<String> value(ObjectField field) {
    return Optional.ofNullable(fields.get(field));
  }

  /** Somebody sets a field. */
  void set(ObjectField field, String value) {
    set(field, Optional.of(value));
    version++;
  }

  private void set(ObjectField field, Optional<String> value) {
    value.ifPresentOrElse(text -> fields.put(field, text), () -> fields.remove(field));
  }

  Instance instance() {
    return new Instance.ObjectInstance(
        ref,
        "",
        Integer.toString(version),
        fields.entrySet().stream()
            .map(field -> new FieldValue(field.getKey(), field.getValue()))
            .toList(),
        Optional.empty());
  }

  Effect change(ClusterAction.ChangeObject order) {
    for (FieldChange change : order.changes()) {
      if (!value(change.field()).equals(change.was())) {
        return new Effect.Superseded(change.field().words() + " is another by now");
      }
    }
    order.changes().forEach(change -> set(change.field(), change.is()));
    marks.add(order.mark());
    version++;
    return new Effect.Done("changed");
  }

  Effect restore(ClusterAction.RestoreObject order) {
    if (!marks.remove(order.mark())) {
      return new Effect.Done("nothing to take back");
    }
    version++;
    boolean left = false;
    for (FieldChange change : order.changes()) {
      if (value(change.field()).equals(change.is())) {
        set(change.field(), change.was());
      } else {
        left = true;
      }
    }
    return left ? new Effect.Superseded("left alone") : new Effect.Done("restored");
  }

  Effect leave(ClusterAction.LeaveObject order) {
    if (marks.remove(order.mark())) {
      version++;
    }
    return new Effect.Done("kept");
  }

  Answer status(Query.ObjectStatus query) {
    return new Answer.ObjectIs(
        Optional.of(
            new ObjectReading(
                marks.contains(query.mark()),
                query.changes().stream()
                    .map(
                        change ->
                            new FieldReading(
                                change.field(), value(change.field()), value(change.field())))
                    .toList())));
  }
}
