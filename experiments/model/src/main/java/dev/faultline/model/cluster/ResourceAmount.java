package dev.faultline.model.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of a resource, as Kubernetes writes it: {@code 50m}, {@code 0.5}, {@code 64Mi}.
 *
 * @param value in cores or bytes; more than zero
 * @param binary whether its unit is a power of 1024
 */
public record ResourceAmount(BigDecimal value, boolean binary) {

  private static final Pattern AMOUNT =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?");
  private static final Map<String, BigDecimal> DECIMAL = new LinkedHashMap<>();
  private static final Map<String, BigDecimal> BINARY = new LinkedHashMap<>();

  static {
    DECIMAL.put("T", BigDecimal.valueOf(1_000_000_000_000L));
    DECIMAL.put("G", BigDecimal.valueOf(1_000_000_000L));
    DECIMAL.put("M", BigDecimal.valueOf(1_000_000L));
    DECIMAL.put("k", BigDecimal.valueOf(1_000L));
    DECIMAL.put("", BigDecimal.ONE);
    DECIMAL.put("m", new BigDecimal("0.001"));
    BINARY.put("Ti", BigDecimal.valueOf(1L << 40));
    BINARY.put("Gi", BigDecimal.valueOf(1L << 30));
    BINARY.put("Mi", BigDecimal.valueOf(1L << 20));
    BINARY.put("Ki", BigDecimal.valueOf(1L << 10));
    BINARY.put("", BigDecimal.ONE);
  }

  /** Reads an amount; empty where the text is none, or none of more than zero. */
  public static Optional<ResourceAmount> parse(String text) {
    Matcher parts = AMOUNT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String unit = Optional.ofNullable(parts.group(2)).orElse("");
    boolean binary = unit.endsWith("i");
    BigDecimal value =
        new BigDecimal(parts.group(1))
            .multiply(
                Optional.ofNullable((binary ? BINARY : DECIMAL).get(unit)).orElse(BigDecimal.ONE));
    return Optional.of(new ResourceAmount(value, binary)).filter(_ -> value.signum() > 0);
  }

  /** Whether it is more than another. */
  public boolean exceeds(ResourceAmount other) {
    return value.compareTo(other.value) > 0;
  }

  /**
   * As an API server writes it back: with the largest unit of which it is a whole number. What is
   * finer than the smallest unit is rounded up, as there.
   */
  @Override
  public String toString() {
    Map<String, BigDecimal> units = binary ? BINARY : DECIMAL;
    return units.entrySet().stream()
        .filter(unit -> value.remainder(unit.getValue()).signum() == 0)
        .findFirst()
        .map(unit -> value.divideToIntegralValue(unit.getValue()).toBigInteger() + unit.getKey())
        .orElseGet(() -> value.movePointRight(3).setScale(0, RoundingMode.UP) + "m");
  }
}
