package dev.faultline.model.fault;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Instance;
import java.util.List;
import java.util.Optional;

/**
 * Gives the pods of a workload another image, such as one that cannot be pulled: {@code image:
 * {name: "registry.invalid/none:0"}}. It is what a release with a wrong tag does.
 *
 * @param name of the image; must be given
 * @param container which container of the pods; may be absent where they have one only
 */
public record Image(String name, Optional<String> container) implements TemplateFault {

  /** Requires a name. */
  public Image {
    InvalidValue.required(name, "name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,511}")) {
      throw new InvalidValue("name", "'%s' cannot be the name of an image".formatted(name));
    }
    TemplateFault.checkContainer(container);
  }

  @Override
  public List<FieldChange> changes(Instance.ObjectInstance object) {
    ObjectField field = new ObjectField.Image(containerOf(object));
    return List.of(new FieldChange(field, object.value(field), Optional.of(name)));
  }

  @Override
  public String words() {
    return "image " + name;
  }
}
