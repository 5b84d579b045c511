package dev.faultline.reports.chart;

import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Gap;
import dev.faultline.reports.facts.FaultWindow;
import dev.faultline.reports.facts.LedgerFacts;
import dev.faultline.reports.facts.OutageFacts;
import dev.faultline.reports.facts.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * When each writer got no acknowledgement: a row for each, or for several where there are many.
 *
 * @param time the stretch of the run that it shows
 * @param description what a reader who does not see it should know
 * @param rows from the first writer down
 * @param parts what the outage was spent on, above the rows; empty where it is not known
 * @param faults when faults were in force
 * @param grouped how many writers share a row
 */
public record GapChart(
    TimeAxis time,
    String description,
    List<Row> rows,
    List<Stretch> parts,
    List<Band> faults,
    int grouped) {

  private static final int ROWS = 64;
  private static final int TALL = 16;
  private static final int MIDDLE = 9;
  private static final int LOW = 5;
  private static final Duration MARGIN = Duration.ofMillis(500);

  /** One row; its label is empty where there is no room for one. */
  public record Row(String label, List<Bar> bars) {}

  /** One gap, or several that overlap; without a failed write it is mere slowness. */
  public record Bar(Band band, boolean failed) {}

  /** One part of the outage; its name tells its kind of hatching. */
  public record Stretch(String name, String lasted, Band band) {}

  /** The whole time of the run. */
  public static GapChart of(TimeAxis time, LedgerFacts ledger, List<FaultWindow> windows) {
    LedgerAccount account = ledger.account();
    int grouped = Math.max(1, Math.ceilDiv(account.writers(), ROWS));
    List<Row> rows =
        IntStream.range(0, Math.ceilDiv(account.writers(), grouped))
            .mapToObj(row -> row(time, ledger, row * grouped, grouped))
            .toList();
    return new GapChart(
        time, description(account), rows, List.of(), Band.ofFaults(time, windows), grouped);
  }

  /** The outage alone, from the fault until every writer was back. */
  public static GapChart closeUp(
      LedgerFacts ledger, OutageFacts outage, List<FaultWindow> windows) {
    Duration room = max(MARGIN, outage.to().minus(outage.from()).dividedBy(12));
    Duration from = max(Duration.ZERO, outage.from().minus(room));
    TimeAxis time = new TimeAxis(from, max(outage.to().plus(room), from.plusSeconds(1)));
    GapChart whole =
        of(time, ledger, windows.stream().filter(window -> touches(time, window)).toList());
    List<Stretch> parts = new ArrayList<>();
    for (OutageFacts.Stretch part : outage.stretches()) {
      Band band =
          Band.of(time, part.from(), part.to(), "%s %s".formatted(part.name(), part.lasted()));
      parts.add(new Stretch(part.name(), part.lasted(), band));
    }
    return new GapChart(
        time, whole.description, whole.rows, List.copyOf(parts), whole.faults, whole.grouped);
  }

  private static boolean touches(TimeAxis time, FaultWindow window) {
    return window.from().compareTo(time.to()) <= 0 && window.to().compareTo(time.from()) >= 0;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Row row(TimeAxis time, LedgerFacts ledger, int first, int grouped) {
    List<Gap> gaps =
        ledger.account().gaps().stream()
            .filter(gap -> gap.writer() >= first && gap.writer() < first + grouped)
            .sorted(Comparator.comparing(Gap::lastAcknowledged))
            .toList();
    List<Bar> bars = new ArrayList<>();
    for (boolean failed : new boolean[] {false, true}) {
      Band.merged(
              gaps.stream()
                  .filter(gap -> gap.firstFailed().isPresent() == failed)
                  .flatMap(gap -> band(time, ledger, gap).stream())
                  .toList())
          .forEach(band -> bars.add(new Bar(band, failed)));
    }
    String label =
        grouped == 1
            ? Integer.toString(first + 1)
            : "%s–%s".formatted(first + 1, Math.min(first + grouped, ledger.account().writers()));
    return new Row(label, List.copyOf(bars));
  }

  private static Optional<Band> band(TimeAxis time, LedgerFacts ledger, Gap gap) {
    Duration from = ledger.elapsed(gap.lastAcknowledged());
    Duration to = ledger.elapsed(gap.nextAcknowledged().orElse(ledger.account().at()));
    if (to.compareTo(time.from()) < 0 || from.compareTo(time.to()) > 0) {
      return Optional.empty();
    }
    String words =
        "writer %s: %s without an acknowledgement from %s%s%s"
            .formatted(
                gap.writer() + 1,
                Spelling.span(to.minus(from)),
                Spelling.at(from),
                gap.nextAcknowledged().isPresent() ? "" : ", and no end",
                gap.error().isBlank() ? "" : "; " + Spelling.brief(gap.error(), 120));
    return Optional.of(Band.of(time, from, to, words));
  }

  private static String description(LedgerAccount account) {
    return "%s, longest time without an acknowledgement %s."
        .formatted(
            Spelling.counted(account.writers(), "writer"), Spelling.span(account.longestGap()));
  }

  /** Height of a row: less where there are many. */
  public int rowHeight() {
    return rows.size() <= TALL ? TALL : rows.size() <= 2 * TALL ? MIDDLE : LOW;
  }

  /** Height of all rows. */
  public int height() {
    return rows.size() * rowHeight();
  }

  /** Every how many rows there is room for a label. */
  public int labelled() {
    return Math.ceilDiv(TALL, rowHeight());
  }
}
