package dev.faultline.reports.comparison;

import dev.faultline.judge.Latencies;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.LoadFacts.InPart;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the load met. Where a part of both runs is long enough, a test says whether it differs.
 * Otherwise a percentile lies between those that are two standard errors of its rank away. One is
 * left out where fewer than ten requests lie beyond it.
 */
final class LoadRows {

  private static final double MEDIAN = 50;
  private static final double[] PERCENTILES = {MEDIAN, 99, 99.9};
  private static final double BEYOND = 10;
  private static final double STANDARD_ERRORS = 2;

  private LoadRows() {}

  static List<Row> of(Facts first, Facts second) {
    Set<String> names = new LinkedHashSet<>();
    parts(first).forEach(part -> names.add(part.part().name()));
    parts(second).forEach(part -> names.add(part.part().name()));
    List<Row> rows = new ArrayList<>();
    for (String name : names) {
      Optional<InPart> was = part(first, name);
      Optional<InPart> is = part(second, name);
      Optional<LoadTests> tests = LoadTests.of(first, was, second, is);
      rows.add(row(name, "failed", failed(was), failed(is), tests.flatMap(LoadTests::failed)));
      for (double percent : PERCENTILES) {
        String label = "p" + BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
        Optional<Tested> test =
            tests.flatMap(all -> percent == MEDIAN ? all.all() : all.beyond(percent));
        rows.add(row(name, label, percentile(was, percent), percentile(is, percent), test));
      }
    }
    return rows;
  }

  private static Row row(
      String part,
      String name,
      Optional<Measured> was,
      Optional<Measured> is,
      Optional<Tested> test) {
    return was.isPresent() && is.isPresent() && test.isPresent()
        ? Row.tested("load " + part, name, was.get(), is.get(), test.get())
        : Row.less("load " + part, name, was, is);
  }

  private static List<InPart> parts(Facts facts) {
    return facts.load().map(load -> load.parts()).orElse(List.of());
  }

  private static Optional<InPart> part(Facts facts, String name) {
    return parts(facts).stream().filter(part -> part.part().name().equals(name)).findFirst();
  }

  private static Optional<Measured> failed(Optional<InPart> part) {
    return part.filter(met -> met.intended() > 0)
        .map(met -> Measured.share(Math.min(met.failures(), met.intended()), met.intended()));
  }

  private static Optional<Measured> percentile(Optional<InPart> part, double percent) {
    return part.flatMap(InPart::latencies)
        .filter(all -> (double) all.count() * (1 - percent / 100) >= BEYOND)
        .map(all -> percentile(all, percent));
  }

  private static Measured percentile(Latencies all, double percent) {
    double share = percent / 100;
    double off = 100 * STANDARD_ERRORS * Math.sqrt(share * (1 - share) / (double) all.count());
    return Measured.time(
        all.percentile(percent),
        all.percentile(Math.max(0, percent - off)),
        all.percentile(Math.min(100, percent + off)));
  }
}
