package dev.faultline.model.gate;

import dev.faultline.judge.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The range selectors of a PromQL expression, such as {@code [5m]} or {@code [30m:1m]}. */
final class RangeSelectors {

  private static final Pattern QUOTED =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'");
  private static final Pattern RANGE = Pattern.compile("\\[\\s*((?:\\d+(?:ms|s|m|h|d|w|y))+)");
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|w|y)");

  private RangeSelectors() {}

  /** The longest range of all the expressions; zero where there is none. */
  static Duration longest(List<String> expressions) {
    Duration longest = Duration.ZERO;
    for (String expression : expressions) {
      Matcher range = RANGE.matcher(QUOTED.matcher(expression).replaceAll("\"\""));
      while (range.find()) {
        Duration one = duration(range.group(1));
        longest = one.compareTo(longest) > 0 ? one : longest;
      }
    }
    return longest;
  }

  private static Duration duration(String text) {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long number = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "w" -> Duration.ofDays(7 * number);
                case "y" -> Duration.ofDays(365 * number);
                default -> Quantity.parse(number + part.group(2)).toDuration();
              });
    }
    return sum;
  }
}
