package dev.faultline.model.codec;

import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes a value as the text that a person would write. */
final class AsText<T> extends StdSerializer<T> {

  private final transient Function<T, String> spelling;

  AsText(Class<T> type, Function<T, String> spelling) {
    super(type);
    this.spelling = spelling;
  }

  @Override
  public void serialize(T value, JsonGenerator out, SerializationContext context) {
    out.writeString(spelling.apply(value));
  }
}
