package dev.faultline.reports.chart;

import dev.faultline.judge.Quantity;
import dev.faultline.model.world.LedgerAccount.Second;
import dev.faultline.reports.facts.FaultWindow;
import dev.faultline.reports.facts.LedgerFacts;
import dev.faultline.reports.facts.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Writes of the ledger by second: those that were acknowledged, and those that failed.
 *
 * @param description what a reader who does not see it should know
 * @param ticks of the writes per second
 * @param acknowledged a line
 * @param failed a line
 * @param faults when faults were in force
 */
public record WritesChart(
    String description,
    List<ValueAxis.Tick> ticks,
    SvgPath acknowledged,
    SvgPath failed,
    List<Band> faults) {

  /** Height of the drawing. */
  public static final int HEIGHT = 110;

  private static final Quantity PER_SECOND = Quantity.parse("1/s");
  private static final Duration MISSED = Duration.ofMillis(2500);

  /** Draws the writes of a ledger. */
  public static WritesChart of(TimeAxis time, LedgerFacts ledger, List<FaultWindow> windows) {
    List<Thinned.Dot> acknowledged = dots(time, ledger, Second::acknowledged);
    List<Thinned.Dot> failed = dots(time, ledger, Second::failed);
    ValueAxis values =
        ValueAxis.over(
            DoubleStream.concat(
                DoubleStream.of(0),
                Stream.of(acknowledged, failed)
                    .flatMap(List::stream)
                    .mapToDouble(Thinned.Dot::value)),
            HEIGHT);
    return new WritesChart(
        "%s acknowledged, %s failed."
            .formatted(ledger.acknowledged(), Spelling.count(ledger.account().failed())),
        values.ticks(PER_SECOND),
        Line.whole(Thinned.of(acknowledged), values),
        Line.whole(Thinned.of(failed), values),
        Band.ofFaults(time, windows));
  }

  private static List<Thinned.Dot> dots(
      TimeAxis time, LedgerFacts ledger, ToLongFunction<Second> figure) {
    List<Thinned.Dot> dots = new ArrayList<>();
    Duration last = null;
    for (Second second : ledger.account().seconds()) {
      Duration at = ledger.elapsed(second.at());
      if (time.holds(at)) {
        boolean gap = last == null || at.minus(last).compareTo(MISSED) > 0;
        dots.add(new Thinned.Dot(time.at(at), (double) figure.applyAsLong(second), false, gap));
        last = at;
      }
    }
    return dots;
  }
}
