package dev.faultline.operator.course;

import dev.faultline.model.codec.Codec;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The way of a status, a record, to the API server and back. */
public final class StatusForm {

  private StatusForm() {}

  /**
   * Reads what an object says.
   *
   * @param none that of an object which nobody has looked at
   * @return empty where another version wrote it, or nobody who knows how: something may be in
   *     force that is not known here
   */
  public static <T extends Record> Optional<T> read(JsonNode written, T none) {
    if (!written.isObject() || !written.has("phase")) {
      return Optional.of(none);
    }
    try {
      return Optional.of(
          Codec.json()
              .readerFor(none.getClass())
              .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .readValue(written));
    } catch (JacksonException foreign) {
      return Optional.empty();
    }
  }

  /** A merge patch that makes it the status of an object, and takes away what it does not say. */
  public static JsonNode patch(Record status) {
    ObjectNode whole = (ObjectNode) Codec.json().valueToTree(status);
    for (RecordComponent part : status.getClass().getRecordComponents()) {
      if (!whole.has(part.getName())) {
        if (part.getType() == List.class) {
          whole.putArray(part.getName());
        } else {
          whole.putNull(part.getName());
        }
      }
    }
    return whole;
  }
}
