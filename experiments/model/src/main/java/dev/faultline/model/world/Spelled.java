package dev.faultline.model.world;

import dev.faultline.judge.Quantity;
import dev.faultline.model.route.Match;
import dev.faultline.model.route.Route;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/** How what is asked of a link, and what is measured there, is written for people. */
final class Spelled {

  private Spelled() {}

  /** A time as a file would write it: {@code 300ms}, {@code 1.5s}. */
  static String asked(Duration time) {
    return time.toNanos() % 1_000_000 == 0 && time.toMillis() < 1000
        ? time.toMillis() + "ms"
        : BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString() + "s";
  }

  /** A time that was measured: {@code 301 ms}, {@code 1.2 ms}. */
  static String measured(Duration time) {
    BigDecimal millis = BigDecimal.valueOf(time.toNanos(), 6);
    int digits = time.toMillis() < 10 ? 1 : 0;
    return millis.setScale(digits, RoundingMode.HALF_UP).toPlainString() + " ms";
  }

  /** A size as a file would write it: {@code 64Ki}. */
  static String size(long bytes) {
    if (bytes > 0 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + "Mi";
    }
    return bytes > 0 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "Ki" : bytes + "B";
  }

  /** A size that was counted. */
  static String amount(long bytes) {
    return amount((double) bytes);
  }

  /** A size that was measured, in mebibytes: {@code 21504Mi}, {@code 1.3Mi}. */
  static String amount(double bytes) {
    double mebi = bytes / (1 << 20);
    return BigDecimal.valueOf(mebi)
            .setScale(mebi < 10 ? 1 : 0, RoundingMode.HALF_UP)
            .toPlainString()
        + "Mi";
  }

  /** A share: {@code 20%}. */
  static String share(double share) {
    return Quantity.percent(share);
  }

  /** A number of things: {@code 1 connection}, {@code 12 connections}. */
  static String count(long number, String thing) {
    return "%d %s%s".formatted(number, thing, number == 1 ? "" : "s");
  }

  /** What is mirrored, behind what is not. */
  static String copies(Optional<Double> mirror) {
    return mirror.map(part -> ", and copies of " + share(part)).orElse("");
  }

  /** Who goes where, as an order. */
  static String shift(Route route, double share, Optional<Match> match, Optional<Double> mirror) {
    if (mirror.isPresent()) {
      return "send copies of %s of the traffic of %s to %s"
          .formatted(share(mirror.get()), route.words(), route.canaryName());
    }
    if (match.isPresent()) {
      return "send requests with %s to %s, and %s of the rest of the traffic of %s"
          .formatted(match.get().words(), route.canaryName(), share(share), route.words());
    }
    return share == 0
        ? "send all traffic of %s to %s".formatted(route.words(), route.stableName())
        : "send %s of the traffic of %s to %s"
            .formatted(share(share), route.words(), route.canaryName());
  }
}
