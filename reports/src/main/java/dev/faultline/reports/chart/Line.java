package dev.faultline.reports.chart;

import java.util.List;

/** Draws a thinned signal: the whole of it, and the part outside its bound once more. */
final class Line {

  private final StringBuilder path = new StringBuilder();
  private final ValueAxis values;

  private Line(ValueAxis values) {
    this.values = values;
  }

  static SvgPath whole(List<Thinned.Dot> dots, ValueAxis values) {
    Line line = new Line(values);
    for (Thinned.Dot dot : dots) {
      line.to(dot, dot.gap());
    }
    return new SvgPath(line.path.toString());
  }

  static SvgPath outside(List<Thinned.Dot> dots, ValueAxis values) {
    Line line = new Line(values);
    boolean drawing = false;
    for (Thinned.Dot dot : dots) {
      if (dot.outside()) {
        line.to(dot, !drawing || dot.gap());
      }
      drawing = dot.outside();
    }
    return new SvgPath(line.path.toString());
  }

  // A move with a line of no length is a dot, where the line has round ends.
  private void to(Thinned.Dot dot, boolean begins) {
    String place =
        ValueAxis.number(dot.x() * TimeAxis.WIDTH) + " " + ValueAxis.number(values.y(dot.value()));
    path.append(begins ? "M" + place + "h0" : "L" + place);
  }
}
