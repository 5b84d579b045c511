package dev.faultline.environment.database.etcd;

import dev.faultline.model.world.Action.OpenLedger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The keys of a run's ledger, in base64 as the gateway wants them: {@code
 * faultline_ledger/RUN/WRITER/N} for each write, and {@code faultline_ledger}, whose value says
 * whose they are.
 *
 * @param runId the run
 */
record Keys(String runId) {

  private static final String MARK = "Faultline's ledger of run ";

  /** What follows {@code /}: keys from PREFIX/ to this end all begin with PREFIX/. */
  private static final char AFTER = '/' + 1;

  /** What all keys of all ledgers begin with, but for the mark. */
  static final String PREFIX = OpenLedger.TABLE + "/";

  /** The key that says whose they are. */
  static String mark() {
    return base64(OpenLedger.TABLE);
  }

  /** Its value where they are the run's. */
  String owner() {
    return base64(MARK + runId);
  }

  /** Whether a value of the mark is Faultline's, of whichever run. */
  static boolean isMark(String value) {
    return text(value).startsWith(MARK);
  }

  /** A key of one write; numbers have a fixed width, so that they are in order as keys too. */
  String write(int writer, long number) {
    return base64("%s%s/%d/%010d".formatted(PREFIX, runId, writer, number));
  }

  /** Where the keys of a writer end. */
  String end(int writer) {
    return base64("%s%s/%d%c".formatted(PREFIX, runId, writer, AFTER));
  }

  /** The number in a key of a write; below 0 where there is none. */
  static long number(String key) {
    String text = text(key);
    String digits = text.substring(text.lastIndexOf('/') + 1);
    return digits.matches("\\d{10}") ? Long.parseLong(digits) : -1;
  }

  /** The condition that the keys are still the run's. */
  Map<String, Object> ours() {
    return Map.of("key", mark(), "target", "VALUE", "result", "EQUAL", "value", owner());
  }

  /** All keys of the run's writes. */
  Map<String, Object> all() {
    return Map.of(
        "key",
        base64("%s%s/".formatted(PREFIX, runId)),
        "range_end",
        base64("%s%s%c".formatted(PREFIX, runId, AFTER)));
  }

  /** The question for the mark, and for one key of whichever ledger. */
  static Map<String, Object> whose() {
    String from = base64(PREFIX);
    String to = base64(OpenLedger.TABLE + AFTER);
    return Map.of(
        "success",
        List.of(
            Map.of("request_range", Map.of("key", mark())),
            Map.of("request_range", Map.of("key", from, "range_end", to, "limit", 1))));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What base64 stands for; empty where it is none. */
  private static String text(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException garbled) {
      return "";
    }
  }
}
