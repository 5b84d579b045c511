package dev.faultline.model.world;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.faultline.model.codec.InvalidValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of whoever is disturbed: by name on the links of a lab, else by number.
 *
 * @param text {@code http}, {@code 8080} or {@code 8000-8100}
 */
public record PortName(String text) {

  /** What the text can be, as a regular expression. */
  public static final String PATTERN = "^([a-zA-Z][a-zA-Z0-9_-]{0,62}|[0-9]{1,5}(-[0-9]{1,5})?)$";

  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final int MOST = 65_535;

  /** Refuses what is neither a name nor ports in order. */
  public PortName {
    Matcher numbers = NUMBERS.matcher(text);
    if (numbers.matches()) {
      int first = Integer.parseInt(numbers.group(1));
      int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
      if (first < 1 || last > MOST || first > last) {
        throw new InvalidValue("%s: ports go from 1 to 65535, the lower one first".formatted(text));
      }
    } else if (!text.matches(PATTERN)) {
      throw new InvalidValue(
          "'%s' is no port: a name, a number, or a range such as 8000-8100".formatted(text));
    }
  }

  /** Reads a number or a text. */
  @JsonCreator
  public static PortName parse(Object written) {
    return switch (written) {
      case Integer number -> new PortName(number.toString());
      case String text -> new PortName(text);
      default ->
          throw new InvalidValue(
              "'%s' is no port: a name, a number, or a range such as 8000-8100".formatted(written));
    };
  }

  /** Whether it is a number, or a range of them. */
  public boolean isNumeric() {
    return NUMBERS.matcher(text).matches();
  }

  @JsonValue
  Object written() {
    return text.matches("\\d+") ? Integer.valueOf(text) : text;
  }
}
