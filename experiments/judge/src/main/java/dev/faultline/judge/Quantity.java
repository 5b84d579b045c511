package dev.faultline.judge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A number with its unit as a person wrote it: {@code 300ms}, {@code 1%}, {@code 0.5pp}, {@code
 * 10Mi}, {@code 40/s}, {@code 7}.
 *
 * @param value the number in the base of its unit (seconds, share of one, bytes, per second)
 * @param unit what is counted
 * @param text the spelling, kept for people
 */
public record Quantity(double value, Unit unit, String text) {

  /** How a quantity is written, for messages. */
  public static final String FORMS = "300ms, 5s, 2m, 1h, 1%, 0.5pp, 10Mi, 40/s or a number";

  private static final Pattern FORM =
      Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,12})?)\\s?([a-zA-Z%µ/]{0,4})");

  private record Scale(double factor, Unit unit) {}

  private static final Map<String, Scale> SCALES =
      Map.ofEntries(
          Map.entry("", new Scale(1, Unit.NUMBER)),
          Map.entry("%", new Scale(0.01, Unit.SHARE)),
          Map.entry("pp", new Scale(0.01, Unit.SHARE_DIFFERENCE)),
          Map.entry("us", new Scale(1e-6, Unit.SECONDS)),
          Map.entry("µs", new Scale(1e-6, Unit.SECONDS)),
          Map.entry("ms", new Scale(1e-3, Unit.SECONDS)),
          Map.entry("s", new Scale(1, Unit.SECONDS)),
          Map.entry("m", new Scale(60, Unit.SECONDS)),
          Map.entry("h", new Scale(3600, Unit.SECONDS)),
          Map.entry("d", new Scale(86_400, Unit.SECONDS)),
          Map.entry("B", new Scale(1, Unit.BYTES)),
          Map.entry("Ki", new Scale(1L << 10, Unit.BYTES)),
          Map.entry("Mi", new Scale(1L << 20, Unit.BYTES)),
          Map.entry("Gi", new Scale(1L << 30, Unit.BYTES)),
          Map.entry("Ti", new Scale(1L << 40, Unit.BYTES)),
          Map.entry("/s", new Scale(1, Unit.PER_SECOND)),
          Map.entry("/m", new Scale(1.0 / 60, Unit.PER_SECOND)),
          Map.entry("/h", new Scale(1.0 / 3600, Unit.PER_SECOND)));

  /**
   * Reads a quantity.
   *
   * @throws IllegalArgumentException when the text is not one of {@link #FORMS}
   */
  public static Quantity parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    Scale scale = form.matches() ? SCALES.get(form.group(2)) : null;
    if (scale == null) {
      throw new IllegalArgumentException("'%s' is not a quantity".formatted(text));
    }
    return new Quantity(
        Double.parseDouble(form.group(1)) * scale.factor(), scale.unit(), text.strip());
  }

  /**
   * A regular expression, of ECMAScript too, for the texts that {@link #parse} takes for some
   * units.
   *
   * @param signed whether a number may be below zero
   */
  public static String pattern(Set<Unit> units, boolean signed) {
    String suffixes =
        SCALES.entrySet().stream()
            .filter(scale -> units.contains(scale.getValue().unit()))
            .map(Map.Entry::getKey)
            .sorted()
            .collect(Collectors.joining("|"));
    return "^\\s*%s\\d{1,15}(\\.\\d{1,12})?\\s?(%s)\\s*$".formatted(signed ? "-?" : "", suffixes);
  }

  /** A plain number, spelled as briefly as it can be. */
  public static Quantity of(double value) {
    return new Quantity(value, Unit.NUMBER, spell(value));
  }

  /**
   * This quantity as a duration.
   *
   * @throws IllegalArgumentException when it does not count seconds, is negative, or is longer than
   *     two centuries
   */
  public Duration toDuration() {
    if (unit != Unit.SECONDS || value < 0 || value * 1e9 >= Long.MAX_VALUE) {
      throw new IllegalArgumentException("'%s' is not a duration".formatted(text));
    }
    return Duration.ofNanos(Math.round(value * 1e9));
  }

  /** Spells a measured value in the unit of this quantity, for people. */
  public String spellLike(double measured) {
    return switch (unit) {
      case NUMBER -> spell(measured);
      case SHARE -> spell(measured * 100) + "%";
      case SHARE_DIFFERENCE -> spell(measured * 100) + "pp";
      case SECONDS -> measured < 1 ? spell(measured * 1000) + "ms" : spell(measured) + "s";
      case BYTES -> spell(measured / (1 << 20)) + "Mi";
      case PER_SECOND -> spell(measured) + "/s";
    };
  }

  /** A share as a percentage with two decimals at most: {@code 20%}, {@code 19.92%}. */
  public static String percent(double share) {
    return BigDecimal.valueOf(share * 100)
            .setScale(2, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }

  private static String spell(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    String fixed = String.format(Locale.ROOT, Math.abs(value) < 0.01 ? "%.5f" : "%.2f", value);
    return fixed.contains(".") ? fixed.replaceAll("0+$", "").replaceAll("\\.$", "") : fixed;
  }

  @Override
  public String toString() {
    return text;
  }
}
