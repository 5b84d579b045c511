package dev.faultline.app.live;

import dev.faultline.judge.GateState.Status;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The gates, a row each: how it stands, what it reads, what it must be, and how it came to that.
 */
final class GateRows {

  private static final int TROUBLE = 2;
  private static final int INSIDE = 6;
  private static final int LEAST_CURVE = 8;
  private static final int MOST_CURVE = 60;

  private final Collection<GateLook> gates;
  private final int columns;
  private final Glyphs glyphs;

  GateRows(Map<String, GateLook> gates, int columns, Glyphs glyphs) {
    this.gates = gates.values();
    this.columns = columns;
    this.glyphs = glyphs;
  }

  List<Row> rows() {
    int name = widest(GateLook::name, columns / 3);
    int value = widest(GateLook::last, columns / 4);
    int bound = widest(gate -> gate.bound().words(), columns / 3);
    int curve = Math.min(MOST_CURVE, columns - 2 - name - 2 - value - 2 - bound - 2);
    return gates.stream().map(gate -> row(gate, name, value, bound, curve)).toList();
  }

  private int widest(Function<GateLook, String> part, int most) {
    return Math.min(
        most, gates.stream().mapToInt(gate -> Columns.of(part.apply(gate))).max().orElse(0));
  }

  private Row row(GateLook gate, int name, int value, int bound, int curve) {
    Line left =
        Line.of(sign(gate.status()) + " ", ink(gate.status()))
            .plus(cell(Line.of(gate.name()), name))
            .plus(cell(Line.of(gate.last(), ink(gate.status())), value))
            .plus(cell(Line.of(gate.bound().words(), Ink.DIM), bound));
    Line right =
        curve < LEAST_CURVE
            ? Line.EMPTY
            : Sparkline.of(gate.past(), Optional.of(gate.bound()), curve, glyphs);
    return new Row(gate.troubling() ? TROUBLE : INSIDE, 0, left.plus(right), Line.EMPTY);
  }

  private Line cell(Line text, int width) {
    return text.cut(width, glyphs).padded(width + 2);
  }

  private String sign(Status status) {
    return switch (status) {
      case INSIDE -> glyphs.done();
      case OUTSIDE, BREACHED -> glyphs.bad();
      case BLIND -> glyphs.unknown();
      case UNREAD -> glyphs.planned();
    };
  }

  private static Ink ink(Status status) {
    return switch (status) {
      case INSIDE -> Ink.GOOD;
      case OUTSIDE, BREACHED -> Ink.BAD;
      case BLIND -> Ink.WARN;
      case UNREAD -> Ink.DIM;
    };
  }
}
