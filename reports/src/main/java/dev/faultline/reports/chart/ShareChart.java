package dev.faultline.reports.chart;

import dev.faultline.judge.Quantity;
import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary.Timed;
import dev.faultline.reports.facts.RolloutFacts;
import dev.faultline.reports.facts.ShiftFacts;
import dev.faultline.reports.facts.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The part of the traffic that the canary was to have, and the part that it had.
 *
 * @param description what a reader who does not see it should know
 * @param ticks of the parts
 * @param asked the weight
 * @param observed what both versions counted
 * @param interval where the true part lies
 * @param steps when each step began
 * @param marks when it ended
 */
public record ShareChart(
    String description,
    List<ValueAxis.Tick> ticks,
    SvgPath asked,
    SvgPath observed,
    SvgPath interval,
    List<RolloutMark> steps,
    List<RolloutMark> marks) {

  /** Height of the drawing. */
  public static final int HEIGHT = 150;

  private static final Quantity PERCENT = Quantity.parse("1%");

  /** Keeps the lists unchangeable. */
  public ShareChart {
    ticks = List.copyOf(ticks);
    steps = List.copyOf(steps);
    marks = List.copyOf(marks);
  }

  /** Draws the steps of a rollout. */
  public static ShareChart of(TimeAxis time, RolloutFacts rollout) {
    List<Timed<Event.ShareSeen>> seen =
        rollout.shares().stream().filter(one -> time.holds(one.elapsed())).toList();
    ValueAxis values =
        ValueAxis.over(
            DoubleStream.concat(
                rollout.steps().stream()
                    .filter(step -> step.from().isPresent())
                    .mapToDouble(ShiftFacts::asked),
                DoubleStream.concat(
                    DoubleStream.of(0),
                    seen.stream().mapToDouble(one -> one.what().interval().high()))),
            HEIGHT);
    return new ShareChart(
        description(rollout),
        values.ticks(PERCENT),
        asked(time, values, rollout),
        observed(time, values, rollout, seen),
        interval(time, values, rollout, seen),
        RolloutMark.steps(time, rollout),
        RolloutMark.ends(time, rollout));
  }

  private static SvgPath asked(TimeAxis time, ValueAxis values, RolloutFacts rollout) {
    StringBuilder path = new StringBuilder("M0 ").append(values.spelled(0));
    for (ShiftFacts step : rollout.steps()) {
      step.from().ifPresent(from -> path.append(to(time, values, from, step.asked())));
    }
    rollout.back().ifPresent(back -> path.append(to(time, values, back, 0)));
    return new SvgPath(path.append('H').append(TimeAxis.WIDTH).toString());
  }

  private static String to(TimeAxis time, ValueAxis values, Duration at, double share) {
    return "H%sV%s".formatted(x(time, at), values.spelled(share));
  }

  private static String x(TimeAxis time, Duration at) {
    return ValueAxis.number(time.at(at) * TimeAxis.WIDTH);
  }

  private static SvgPath observed(
      TimeAxis time, ValueAxis values, RolloutFacts rollout, List<Timed<Event.ShareSeen>> seen) {
    List<Thinned.Dot> dots = new ArrayList<>();
    Optional<ShiftFacts> last = Optional.empty();
    for (Timed<Event.ShareSeen> one : seen) {
      Optional<ShiftFacts> step = stepAt(rollout, one.elapsed());
      boolean begins = dots.isEmpty() || !step.equals(last);
      dots.add(new Thinned.Dot(time.at(one.elapsed()), one.what().mean(), false, begins));
      last = step;
    }
    return Line.whole(Thinned.of(dots), values);
  }

  /** What is known of a step is known of no other, so its band ends with it. */
  private static SvgPath interval(
      TimeAxis time, ValueAxis values, RolloutFacts rollout, List<Timed<Event.ShareSeen>> seen) {
    StringBuilder path = new StringBuilder();
    for (ShiftFacts step : rollout.steps()) {
      List<Timed<Event.ShareSeen>> within =
          seen.stream()
              .filter(one -> stepAt(rollout, one.elapsed()).equals(Optional.of(step)))
              .toList();
      if (within.size() > 1) {
        path.append(within.stream().map(one -> high(time, values, one)).collect(joined("M")));
        path.append(
            within.reversed().stream().map(one -> low(time, values, one)).collect(joined("L")));
        path.append('z');
      }
    }
    return new SvgPath(path.toString());
  }

  private static Collector<CharSequence, ?, String> joined(String first) {
    return Collectors.joining("L", first, "");
  }

  private static String high(TimeAxis time, ValueAxis values, Timed<Event.ShareSeen> one) {
    return x(time, one.elapsed()) + " " + values.spelled(one.what().interval().high());
  }

  private static String low(TimeAxis time, ValueAxis values, Timed<Event.ShareSeen> one) {
    return x(time, one.elapsed()) + " " + values.spelled(one.what().interval().low());
  }

  private static Optional<ShiftFacts> stepAt(RolloutFacts rollout, Duration when) {
    return rollout.steps().stream()
        .filter(step -> step.from().map(from -> from.compareTo(when) <= 0).orElse(false))
        .reduce((_, later) -> later);
  }

  private static String description(RolloutFacts rollout) {
    String steps =
        rollout.steps().stream()
            .filter(step -> step.from().isPresent())
            .map(
                step ->
                    "%s asked from %s for %s, %s seen (%s)"
                        .formatted(
                            step.weight(),
                            step.began(),
                            step.lasted(),
                            step.observed(),
                            step.seen().isPresent() ? step.interval() : step.followed()))
            .collect(Collectors.joining("; "));
    String end =
        rollout
            .back()
            .map(at -> " All traffic back at stable at %s.".formatted(Spelling.at(at)))
            .orElse("");
    return (steps.isEmpty() ? "No traffic was shifted" : steps) + "." + end;
  }
}
