package dev.faultline.app.live;

import dev.faultline.judge.Bound;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A curve in one row: a column for each value, from the lowest to the highest of those that are
 * shown. What lies outside a bound is marked.
 */
final class Sparkline {

  private final List<OptionalDouble> shown;
  private final Optional<Bound> bound;
  private final Glyphs glyphs;
  private final double low;
  private final double high;

  private Sparkline(List<OptionalDouble> shown, Optional<Bound> bound, Glyphs glyphs) {
    this.shown = shown;
    this.bound = bound;
    this.glyphs = glyphs;
    double[] values = shown.stream().flatMapToDouble(OptionalDouble::stream).sorted().toArray();
    this.low = values.length == 0 ? 0 : Math.min(0, values[0]);
    this.high = values.length == 0 ? 0 : Math.max(reach(), values[values.length - 1]);
  }

  /** Half of the bound is in sight, so that noise far below it does not look like an alarm. */
  private double reach() {
    return bound.map(known -> known.limit().value() / 2).filter(Double::isFinite).orElse(0.0);
  }

  /** The newest values in at most so many columns. */
  static Line of(List<OptionalDouble> values, Optional<Bound> bound, int columns, Glyphs glyphs) {
    List<OptionalDouble> newest =
        values.subList(Math.max(0, values.size() - columns), values.size());
    return new Sparkline(newest, bound, glyphs).line();
  }

  private Line line() {
    Line line = Line.EMPTY;
    for (OptionalDouble value : shown) {
      line =
          value.isEmpty()
              ? line.plus(glyphs.unknown(), Ink.WARN)
              : line.plus(step(value.getAsDouble()), ink(value.getAsDouble()));
    }
    return line;
  }

  private String step(double value) {
    int most = glyphs.steps().length() - 1;
    int step = high > low ? (int) Math.round((value - low) / (high - low) * most) : 0;
    return String.valueOf(glyphs.steps().charAt(Math.clamp(step, 0, most)));
  }

  private Ink ink(double value) {
    return bound.map(known -> known.holds(value) ? Ink.GOOD : Ink.BAD).orElse(Ink.DIM);
  }
}
