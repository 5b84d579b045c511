package dev.faultline.reports.chart;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The values that a drawing spans.
 *
 * @param low at the bottom
 * @param high at the top
 * @param height of the drawing
 */
public record ValueAxis(double low, double high, double height) {

  /** A label with a line through the drawing. */
  public record Tick(String y, String label) {}

  /** Spans the values with some room above; from zero, unless they all lie far from it. */
  public static ValueAxis over(DoubleStream values, double height) {
    double[] finite = values.filter(Double::isFinite).map(ValueAxis::sane).toArray();
    double low = DoubleStream.of(finite).min().orElse(0);
    double high = DoubleStream.of(finite).max().orElse(1);
    if ((low >= 0 && low < 0.6 * high) || low == high) {
      low = Math.min(0, low);
    }
    high = Math.max(high, low == high ? low + 1 : high);
    double room = (high - low) * 0.12;
    return new ValueAxis(low == 0 ? 0 : low - room, high + room, height);
  }

  // Differences of larger numbers overflow.
  private static double sane(double value) {
    return Math.clamp(value, -1e300, 1e300);
  }

  /** Where a value lies, from the top; values outside at the edges. */
  public double y(double value) {
    double share = (Math.clamp(value, low, high) - low) / (high - low);
    return height - share * height;
  }

  /** The same as text for markup. */
  public String spelled(double value) {
    return number(y(value));
  }

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Three to six labels at round values, in the unit of a quantity. */
  public List<Tick> ticks(Quantity like) {
    double base = like.unit() == Unit.BYTES ? 1 << 20 : 1;
    double step = roundStep((high - low) / base / 4) * base;
    List<Tick> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / step - 1e-9);
    for (long i = first; i <= first + 8 && (double) i * step <= high; i++) {
      double value = (double) i * step;
      ticks.add(new Tick(spelled(value), like.spellLike(cleaned(value))));
    }
    return List.copyOf(ticks);
  }

  private static double roundStep(double wanted) {
    double power = Math.pow(10, Math.floor(Math.log10(wanted)));
    double share = wanted / power;
    return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
  }

  // 3 × 0.1 is 0.30000000000000004, which nobody wants to read.
  private static double cleaned(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.10g", value));
  }
}
