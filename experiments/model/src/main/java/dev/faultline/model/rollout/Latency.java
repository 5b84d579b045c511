package dev.faultline.model.rollout;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Query;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests that took longer than an agreed bound, by a histogram of Prometheus.
 *
 * @param histogram its name and labels, without {@code _bucket}, such as {@code
 *     http_request_duration_seconds{version="${version}"}}; must be given
 * @param above the bound, one of the histogram's; must be given
 */
public record Latency(String histogram, Quantity above) implements Measure {

  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*\\{(.*)}", Pattern.DOTALL);

  /** Requires a selector about one version, and a time. */
  public Latency {
    Errors.check(histogram, "histogram");
    if (!SELECTOR.matcher(histogram.strip()).matches()) {
      throw new InvalidValue(
          "histogram",
          "a name with labels is expected, such as http_request_duration_seconds{version=\"%s\"}"
              .formatted(VERSION));
    }
    InvalidValue.required(above, "above");
    if (above.unit() != Unit.SECONDS || above.value() <= 0) {
      throw new InvalidValue("above", "'%s' is not a time; write it as 250ms".formatted(above));
    }
  }

  @Override
  public List<Query> queries(String version) {
    Matcher selector = SELECTOR.matcher(histogram.strip());
    if (!selector.matches()) {
      throw new IllegalStateException("checked when it was made: " + histogram);
    }
    String name = selector.group(1);
    String labels = selector.group(2).replace(VERSION, version).strip();
    String more = labels.isEmpty() || labels.endsWith(",") ? "" : ",";
    return List.of(
        new Query.PromInstant("%s_count{%s}".formatted(name, labels)),
        new Query.PromInstant("%s_bucket{%s%sle=~\"%s\"}".formatted(name, labels, more, bounds())));
  }

  // Exporters write a bound of one second as 1 or as 1.0.
  private String bounds() {
    BigDecimal plain = BigDecimal.valueOf(above.value()).stripTrailingZeros();
    String text = plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
    return plain.scale() <= 0 ? "%s|%s[.]0".formatted(text, text) : text.replace(".", "[.]");
  }

  @Override
  public double bad(double requests, double within) {
    return Math.max(0, requests - within);
  }

  @Override
  public boolean secondMayBeAbsent() {
    return false;
  }

  @Override
  public String words() {
    return "slower than " + above.text();
  }
}
