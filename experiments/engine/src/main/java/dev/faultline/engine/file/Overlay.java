package dev.faultline.engine.file;

import dev.faultline.model.codec.Key;
import dev.faultline.model.codec.OneOf;
import dev.faultline.model.codec.Words;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lays one document over another: mappings are merged key by key, everything else is replaced.
 * Where only one of several words can stand, a new one takes the place of the old.
 */
final class Overlay {

  private Overlay() {}

  /**
   * What both say together.
   *
   * @param type what it is to become
   * @param base what is taken over; left as it is
   * @param over what counts where both say something
   */
  static JsonNode merge(Type type, JsonNode base, JsonNode over) {
    if (!(base instanceof ObjectNode below) || !(over instanceof ObjectNode above)) {
      return over;
    }
    ObjectNode merged = below.deepCopy();
    for (Map.Entry<String, JsonNode> entry : above.properties()) {
      String key = entry.getKey();
      removeRivals(type, key, merged);
      JsonNode present = merged.get(key);
      merged.set(
          key,
          present == null ? entry.getValue() : merge(within(type, key), present, entry.getValue()));
    }
    return merged;
  }

  private static void removeRivals(Type type, String key, ObjectNode merged) {
    if (raw(type) instanceof Class<?> record && record.isRecord()) {
      for (RecordComponent component : record.getRecordComponents()) {
        if (component.isAnnotationPresent(OneOf.class)
            && Words.of(component.getType()).containsKey(key)) {
          Words.of(component.getType()).keySet().stream()
              .filter(word -> !word.equals(key))
              .forEach(merged::remove);
        }
      }
    }
  }

  /** The type of what stands under a key; that of a text where nothing more is known. */
  private static Type within(Type type, String key) {
    if (raw(type) instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      return generic.getActualTypeArguments()[1];
    }
    if (!(raw(type) instanceof Class<?> record) || !record.isRecord()) {
      return String.class;
    }
    for (RecordComponent component : record.getRecordComponents()) {
      if (component.isAnnotationPresent(OneOf.class)) {
        Class<?> word = Words.of(component.getType()).get(key);
        if (word != null) {
          return word;
        }
      } else if (keyOf(component).equals(key)) {
        return component.getGenericType();
      }
    }
    return String.class;
  }

  private static String keyOf(RecordComponent component) {
    Key named = component.getAnnotation(Key.class);
    return named == null ? component.getName() : named.value();
  }

  private static Type raw(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
        ? generic.getActualTypeArguments()[0]
        : type;
  }
}
