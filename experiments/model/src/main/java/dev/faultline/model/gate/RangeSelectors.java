package dev.faultline.model.gate;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The range selectors of a PromQL expression, such as {@code [5m]} or {@code [30m:1m]}. */
final class RangeSelectors {

  private static final Pattern NO_SELECTOR =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`|#[^\\n]*");
  private static final Pattern RANGE =
      Pattern.compile("\\[\\s*((?:\\d{1,9}(?:ms|s|m|h|d|w|y))+)\\s*(:?)");
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|w|y)");

  private RangeSelectors() {}

  /**
   * How far back the expressions look: the longest range of each and all its subqueries, which look
   * back from where others began; zero where there is none.
   */
  static Duration longest(List<String> expressions) {
    return expressions.stream()
        .map(RangeSelectors::reach)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static Duration reach(String expression) {
    Duration longest = Duration.ZERO;
    Duration subqueries = Duration.ZERO;
    Matcher range = RANGE.matcher(NO_SELECTOR.matcher(expression).replaceAll("\"\""));
    while (range.find()) {
      Duration one = duration(range.group(1));
      if (range.group(2).isEmpty()) {
        longest = one.compareTo(longest) > 0 ? one : longest;
      } else {
        subqueries = subqueries.plus(one);
      }
    }
    return longest.plus(subqueries);
  }

  private static Duration duration(String text) {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long number = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                case "w" -> Duration.ofDays(7 * number);
                default -> Duration.ofDays(365 * number);
              });
    }
    return sum;
  }
}
