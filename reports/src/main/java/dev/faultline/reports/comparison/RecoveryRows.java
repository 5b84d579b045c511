package dev.faultline.reports.comparison;

import dev.faultline.model.summary.Figures;
import dev.faultline.model.summary.RunSummary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The times of a failure; each is as uncertain as the gates that it comes from. */
final class RecoveryRows {

  private RecoveryRows() {}

  static List<Row> of(RunSummary first, RunSummary second) {
    return List.of(
        row("TTD", first, second, Figures::timeToDetect),
        row("TTM", first, second, Figures::timeToMitigate),
        row("TTR", first, second, Figures::timeToRecover));
  }

  private static Row row(
      String name,
      RunSummary first,
      RunSummary second,
      Function<Figures, Optional<Duration>> figure) {
    return Row.less("recovery", name, measured(first, figure), measured(second, figure));
  }

  private static Optional<Measured> measured(
      RunSummary run, Function<Figures, Optional<Duration>> figure) {
    return figure
        .apply(run.figures())
        .map(time -> Measured.time(time, run.figures().uncertainty()));
  }
}
