package dev.faultline.model.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

/**
 * Reads moments. Every line of a journal has one, as {@link Instant#toString} spells it, and Java's
 * own parser takes a fifth of the time of the whole line: that spelling is read here, any other one
 * is left to the library.
 */
final class InstantReader extends StdDeserializer<Instant> {

  private static final int SECONDS_END = 19;
  private static final int LONGEST_FRACTION = 9;

  InstantReader() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) {
    Optional<Instant> plain = plain(parser.getString());
    return plain.isPresent()
        ? plain.get()
        : InstantDeserializer.INSTANT.deserialize(parser, context);
  }

  /** The moment of {@code 2026-03-14T09:00:00Z}, with a fraction of a second or without. */
  private static Optional<Instant> plain(String text) {
    int end = text.length() - 1;
    if (end < SECONDS_END || text.charAt(end) != 'Z' || !punctuated(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(
                  number(text, 0, 4),
                  number(text, 5, 7),
                  number(text, 8, 10),
                  number(text, 11, 13),
                  number(text, 14, 16),
                  number(text, 17, SECONDS_END),
                  nanos(text, end))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException | NumberFormatException other) {
      return Optional.empty();
    }
  }

  private static boolean punctuated(String text) {
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(10) == 'T'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  private static int nanos(String text, int end) {
    if (end == SECONDS_END) {
      return 0;
    }
    int from = SECONDS_END + 1;
    if (text.charAt(SECONDS_END) != '.' || end == from || end - from > LONGEST_FRACTION) {
      throw new NumberFormatException(text);
    }
    int nanos = number(text, from, end);
    for (int digit = end - from; digit < LONGEST_FRACTION; digit++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        throw new NumberFormatException(text);
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
