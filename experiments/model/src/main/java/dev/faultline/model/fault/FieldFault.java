package dev.faultline.model.fault;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.world.Instance;
import java.util.List;
import java.util.Optional;

/** A fault that changes one field, which is the same whatever the object is. */
public sealed interface FieldFault extends ObjectFault
    permits Scale, Cordon, Taint, SetConfig, NoEndpoints {

  /** The field that it changes. */
  ObjectField field();

  /** The value that it gives it; empty where it removes it. */
  Optional<String> value();

  /** Refuses an object that cannot be changed in this way; most can. */
  default void check(Instance.ObjectInstance object) {}

  @Override
  default List<FieldChange> changes(Instance.ObjectInstance object) {
    check(object);
    return List.of(new FieldChange(field(), object.value(field()), value()));
  }
}
