package dev.faultline.engine.file;

import dev.faultline.judge.Quantity;
import dev.faultline.model.gate.BurnRate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an objective of another tool comes to: queries for bad and all events, or for the share of
 * bad ones, over {@code [$window]}; and how many must be good.
 */
record Budget(
    Optional<String> bad, Optional<String> total, Optional<String> errors, Quantity objective) {

  /** Behind the point; a quantity has no more. */
  private static final int DIGITS = 12;

  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{\\s*\\.window\\s*}}");
  private static final Pattern METRIC =
      Pattern.compile("(?s)[a-zA-Z_:][a-zA-Z0-9_:]*\\s*(?:\\{[^}]*})?|\\{[^}]+}");

  /** Events of which some are bad. */
  static Budget events(String bad, String total, Quantity objective) {
    return new Budget(Optional.of(bad), Optional.of(total), Optional.empty(), objective);
  }

  /** A share of bad events. */
  static Budget share(String errors, Quantity objective) {
    return new Budget(Optional.empty(), Optional.empty(), Optional.of(errors), objective);
  }

  /**
   * The burn rate of this budget.
   *
   * @throws dev.faultline.model.codec.InvalidValue when the windows do not suit the objective
   */
  BurnRate over(List<BurnRate.Pair> windows) {
    return new BurnRate(bad, total, errors, objective, windows);
  }

  /** An objective in percent. */
  static Quantity percent(ForeignNode at, BigDecimal percent) throws InvalidFile {
    if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) >= 0) {
      throw at.refuse("an objective lies between 0% and 100%, without them");
    }
    BigDecimal brief = percent.stripTrailingZeros();
    if (brief.scale() > DIGITS) {
      throw at.refuse(
          "an objective is read to %d digits behind its point in percent; round it"
              .formatted(DIGITS));
    }
    return Quantity.parse(brief.toPlainString() + "%");
  }

  /** Whether a query leaves the window to whoever asks. */
  static boolean isTemplate(String query) {
    return TEMPLATE.matcher(query).find();
  }

  /** A query whose template of the window is ours. */
  static String windowed(ForeignNode at) throws InvalidFile {
    String query = at.text();
    if (!isTemplate(query)) {
      throw at.refuse("the query has no {{.window}}, so that it cannot be read over others");
    }
    String ours = TEMPLATE.matcher(query).replaceAll("\\" + BurnRate.WINDOW);
    return noTemplate(at, ours);
  }

  /** A query that holds no template, which only another tool could fill in. */
  static String noTemplate(ForeignNode at, String query) throws InvalidFile {
    if (query.contains("{{")) {
      throw at.refuse("a template stands in this query; only {{.window}} of Sloth is known");
    }
    return query;
  }

  /** Whether a query is a metric with its labels and nothing else. */
  static boolean isMetric(String query) {
    return METRIC.matcher(query.strip()).matches();
  }

  /** The rate of a counter, whatever its labels. */
  static String rate(String metric) {
    return "sum(rate(%s[%s]))".formatted(metric, BurnRate.WINDOW);
  }
}
