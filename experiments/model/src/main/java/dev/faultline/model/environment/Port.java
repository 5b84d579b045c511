package dev.faultline.model.environment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.faultline.model.codec.InvalidValue;

/**
 * A port of a lab process.
 *
 * @param number from 1 to 65535, or 0 for one that the lab chooses
 */
public record Port(int number) {

  /** Refuses what is no port. */
  public Port {
    if (number < 0 || number > 65_535) {
      throw new InvalidValue("%d is not a port: 1 to 65535, or auto".formatted(number));
    }
  }

  /** Reads {@code auto} or a number. */
  @JsonCreator
  public static Port parse(Object written) {
    return switch (written) {
      case Integer number when number > 0 -> new Port(number);
      case String text when text.equals("auto") -> new Port(0);
      case String text when text.matches("\\d+") ->
          throw new InvalidValue("a port is a number; write %s without quotes".formatted(text));
      default ->
          throw new InvalidValue("'%s' is not a port: 1 to 65535, or auto".formatted(written));
    };
  }

  /** Whether the lab chooses the number. */
  public boolean isAuto() {
    return number == 0;
  }

  @JsonValue
  Object written() {
    return isAuto() ? "auto" : number;
  }
}
