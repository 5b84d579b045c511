package dev.faultline.serve.page;

import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Reading;
import dev.faultline.model.summary.GateSummary;
import java.util.Locale;

/**
 * A gate as it stands.
 *
 * @param name its name
 * @param reads what it reads, or why it reads nothing
 * @param bound what it must be
 * @param status how it stands, in a word
 * @param style the same as a style
 * @param query what it asks
 */
public record GateNow(
    String name, String reads, String bound, String status, String style, String query) {

  static GateNow of(GateSummary gate) {
    Status status = gate.points().isEmpty() ? Status.UNREAD : gate.points().getLast().status();
    return new GateNow(
        gate.gate().name(),
        gate.points().isEmpty() ? "not read yet" : reads(gate, gate.points().getLast().reading()),
        gate.gate().bound().words(),
        status.name().toLowerCase(Locale.ROOT),
        style(status),
        gate.gate().signal().words());
  }

  private static String reads(GateSummary gate, Reading reading) {
    return switch (reading) {
      case Reading.Value number -> gate.gate().spell(number);
      case Reading.Blind blind -> "%s: %s".formatted(blind.reason().words(), blind.detail());
    };
  }

  private static String style(Status status) {
    return switch (status) {
      case INSIDE -> "good";
      case OUTSIDE, BLIND -> "unsure";
      case BREACHED -> "bad";
      case UNREAD -> "none";
    };
  }

  /** A sign beside the word, for those who do not tell colours apart. */
  public String sign() {
    return switch (style) {
      case "good" -> "✓";
      case "bad" -> "✗";
      case "unsure" -> "?";
      default -> "○";
    };
  }
}
