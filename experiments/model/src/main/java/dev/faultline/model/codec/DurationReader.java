package dev.faultline.model.codec;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads and spells durations as {@code 300ms}, {@code 5s}, {@code 2m}. */
final class DurationReader extends StdDeserializer<Duration> {

  private static final String FORMS = "300ms, 5s, 2m or 1h";

  DurationReader() {
    super(Duration.class);
  }

  @Override
  public Duration deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.currentToken().isScalarValue()) {
      throw new InvalidValue("a duration is expected here: " + FORMS);
    }
    String text = parser.getString();
    try {
      Quantity quantity = Quantity.parse(text);
      if (quantity.unit() != Unit.SECONDS) {
        throw new InvalidValue("'%s' has no unit of time; write %s".formatted(text, FORMS));
      }
      return quantity.toDuration();
    } catch (InvalidValue explained) {
      throw explained;
    } catch (IllegalArgumentException notOne) {
      throw new InvalidValue("'%s' is not a duration; write %s".formatted(text, FORMS));
    }
  }

  static String spell(Duration duration) {
    return duration.toNanos() % 1_000_000 == 0 && duration.toMillis() < 1000
        ? duration.toMillis() + "ms"
        : BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString() + "s";
  }
}
