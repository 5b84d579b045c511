package dev.faultline.model.codec;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/** Writes {@link OneOf} components as the word and its value, beside the other components. */
final class InlineWordsWriter extends ValueSerializerModifier {

  private static final long serialVersionUID = 1L;

  @Override
  public List<BeanPropertyWriter> changeProperties(
      SerializationConfig config,
      BeanDescription.Supplier bean,
      List<BeanPropertyWriter> properties) {
    List<String> inlined =
        Words.inlined(bean.getBeanClass()).stream().map(component -> component.getName()).toList();
    properties.replaceAll(
        property -> inlined.contains(property.getName()) ? new Inlined(property) : property);
    return properties;
  }

  private static final class Inlined extends BeanPropertyWriter {

    private static final long serialVersionUID = 1L;

    Inlined(BeanPropertyWriter base) {
      super(base);
    }

    @Override
    public void serializeAsProperty(Object bean, JsonGenerator out, SerializationContext context)
        throws Exception {
      Object held = get(bean);
      Optional<?> stated = held instanceof Optional<?> maybe ? maybe : Optional.of(held);
      if (stated.isEmpty()) {
        return;
      }
      Object value = stated.get();
      out.writeName(Words.wordOf(value));
      context.findPrimaryPropertySerializer(value.getClass(), this).serialize(value, out, context);
    }
  }
}
