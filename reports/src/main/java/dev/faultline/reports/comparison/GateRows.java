package dev.faultline.reports.comparison;

import dev.faultline.judge.Bound;
import dev.faultline.judge.GateState.Status;
import dev.faultline.reports.comparison.Row.Change;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.GateFacts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The worst value of each gate. Both inside the bound are about the same, for the bound says what
 * matters; outside, the distance to the bound counts.
 */
final class GateRows {

  private GateRows() {}

  static List<Row> of(Facts first, Facts second) {
    Set<String> names = new LinkedHashSet<>();
    first.gates().forEach(gate -> names.add(gate.name()));
    second.gates().forEach(gate -> names.add(gate.name()));
    List<Row> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(row(name, gate(first, name), gate(second, name)));
    }
    return rows;
  }

  private static Optional<GateFacts> gate(Facts facts, String name) {
    return facts.gates().stream().filter(gate -> gate.name().equals(name)).findFirst();
  }

  private static Row row(String name, Optional<GateFacts> was, Optional<GateFacts> is) {
    boolean alike = was.isPresent() && is.isPresent() && sameBound(was.get(), is.get());
    Change change =
        alike
            ? Row.less(Row.GATES, name, beyond(was.get()), beyond(is.get())).change()
            : Change.UNKNOWN;
    return new Row(Row.GATES, name, words(was), words(is), value(was), value(is), change);
  }

  private static boolean sameBound(GateFacts a, GateFacts b) {
    return a.summary().gate().bound().equals(b.summary().gate().bound())
        && a.query().equals(b.query());
  }

  private static Optional<Double> value(Optional<GateFacts> gate) {
    return gate.map(GateFacts::worstValue)
        .filter(OptionalDouble::isPresent)
        .map(OptionalDouble::getAsDouble)
        .filter(Double::isFinite);
  }

  private static String words(Optional<GateFacts> gate) {
    return gate.map(
            found ->
                "%s (%s)"
                    .formatted(
                        found.worst(),
                        found.status() == Status.INSIDE
                            ? "inside"
                            : found.summary().gate().bound().words() + ": " + found.state()))
        .orElse("not there");
  }

  /** How far the worst value lies beyond the bound; zero inside. */
  private static Optional<Measured> beyond(GateFacts gate) {
    OptionalDouble worst = gate.worstValue();
    return worst.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Measured.around(beyond(gate.summary().gate().bound(), worst.getAsDouble()), 0, ""));
  }

  private static double beyond(Bound bound, double value) {
    return switch (bound) {
      case Bound.Below below -> Math.max(0, value - below.limit().value());
      case Bound.Above above -> Math.max(0, above.limit().value() - value);
      case Bound.Equals equal -> Math.abs(value - equal.limit().value());
      case Bound.Between range ->
          Math.max(0, Math.max(range.low().value() - value, value - range.high().value()));
    };
  }
}
