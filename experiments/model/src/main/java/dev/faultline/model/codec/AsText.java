package dev.faultline.model.codec;

import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
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

  @Override
  public void serializeWithType(
      T value, JsonGenerator out, SerializationContext context, TypeSerializer word) {
    WritableTypeId id =
        word.writeTypePrefix(out, context, word.typeId(value, JsonToken.VALUE_STRING));
    serialize(value, out, context);
    word.writeTypeSuffix(out, context, id);
  }
}
