package dev.faultline.model.codec;

import dev.faultline.judge.Quantity;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads {@code 1%}, {@code 300ms}, {@code 7}; refuses an unquoted decimal, which clusters lose. */
final class QuantityReader extends StdDeserializer<Quantity> {

  QuantityReader() {
    super(Quantity.class);
  }

  @Override
  public Quantity deserialize(JsonParser parser, DeserializationContext context) {
    String text = parser.getString();
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      throw new InvalidValue(
          "the decimal %s stands without quotes; write \"%s\" or a percentage"
              .formatted(text, text));
    }
    if (!parser.currentToken().isScalarValue()) {
      throw new InvalidValue("a quantity is expected here: " + Quantity.FORMS);
    }
    try {
      return Quantity.parse(text);
    } catch (IllegalArgumentException notOne) {
      throw new InvalidValue(notOne.getMessage() + "; write it as " + Quantity.FORMS);
    }
  }
}
