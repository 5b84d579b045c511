package dev.faultline.app;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.Words;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Settings of a fault as they were written.
 *
 * @param given by name
 */
record RelaySettings(Map<String, String> given) {

  Optional<String> text(String name) {
    return Optional.ofNullable(given.get(name));
  }

  /** Zero when it is not given. */
  Duration duration(String name) {
    return text(name)
        .map(text -> read(name, text, "300ms, 5s or 2m", Quantity::toDuration))
        .orElse(Duration.ZERO);
  }

  /** How many bytes, such as {@code 64Ki}; zero when it is not given. */
  long bytes(String name) {
    return text(name)
        .map(
            text ->
                read(
                    name, text.replaceFirst("/s$", ""), "1000, 64Ki or 10Mi", RelaySettings::bytes))
        .orElse(0L);
  }

  private static long bytes(Quantity quantity) {
    boolean counts = quantity.unit() == Unit.NUMBER || quantity.unit() == Unit.BYTES;
    if (!counts || quantity.value() < 0 || quantity.value() != Math.rint(quantity.value())) {
      throw new IllegalArgumentException("no number of bytes");
    }
    return (long) quantity.value();
  }

  /** From 0 to 1. */
  double share(String name, double otherwise) {
    return text(name)
        .map(text -> read(name, text, "10% or a number from 0 to 1", RelaySettings::share))
        .orElse(otherwise);
  }

  private static double share(Quantity quantity) {
    boolean right = quantity.unit() == Unit.SHARE || quantity.unit() == Unit.NUMBER;
    if (!right || quantity.value() < 0 || quantity.value() > 1) {
      throw new IllegalArgumentException("no share");
    }
    return quantity.value();
  }

  long seed() {
    try {
      return text("seed").map(Long::parseLong).orElse(0L);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(
          "seed '%s' is not a whole number".formatted(given.get("seed")), noNumber);
    }
  }

  <E extends Enum<E>> E oneOf(String name, Class<E> type, E otherwise) {
    List<String> known = Arrays.stream(type.getEnumConstants()).map(RelaySettings::spell).toList();
    return text(name)
        .map(
            text ->
                Arrays.stream(type.getEnumConstants())
                    .filter(constant -> spell(constant).equals(text))
                    .findFirst()
                    .orElseThrow(
                        () -> new IllegalArgumentException(Words.unknown(name, text, known))))
        .orElse(otherwise);
  }

  private static String spell(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <T> T read(String name, String text, String forms, Function<Quantity, T> reader) {
    try {
      return reader.apply(Quantity.parse(text));
    } catch (IllegalArgumentException notOne) {
      throw new IllegalArgumentException(
          "%s '%s' cannot be; write %s".formatted(name, text, forms), notOne);
    }
  }
}
