package dev.faultline.engine.audit;

import dev.faultline.model.codec.Codec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One line of the log: {@code {"sha256":"...","record":{...}}}, where the hash covers the bytes of
 * the record, and with them the hash of the record before.
 *
 * @param hash what the line says that its hash is
 * @param json the record
 */
public record AuditLine(String hash, String json) {

  /** What the first record has in place of a hash before it. */
  public static final String NOTHING = "0".repeat(64);

  private static final Pattern LINE =
      Pattern.compile("\\{\"sha256\":\"([0-9a-f]{64})\",\"record\":(\\{.*})}", Pattern.DOTALL);

  /** Where a record stands in its chain. */
  record Link(long number, String before) {}

  /** The line of a record. */
  static AuditLine of(AuditRecord record) {
    String json = Codec.json().writeValueAsString(record);
    return new AuditLine(sha256(json), json);
  }

  /** The line that was written; empty where it has not the form of one. */
  public static Optional<AuditLine> read(String text) {
    Matcher line = LINE.matcher(text);
    return line.matches()
        ? Optional.of(new AuditLine(line.group(1), line.group(2)))
        : Optional.empty();
  }

  /** As it is written, without the end of a line. */
  String text() {
    return "{\"sha256\":\"%s\",\"record\":%s}".formatted(hash, json);
  }

  /** What its hash should be. */
  String computed() {
    return sha256(json);
  }

  /** Where it stands; empty where it does not say so. A newer Faultline's record says it, too. */
  Optional<Link> link() {
    try {
      JsonNode record = Codec.json().readTree(json);
      JsonNode number = record.path("number");
      JsonNode before = record.path("before");
      return number.isIntegralNumber() && number.canConvertToLong() && before.isString()
          ? Optional.of(new Link(number.asLong(), before.asString()))
          : Optional.empty();
    } catch (JacksonException damaged) {
      return Optional.empty();
    }
  }

  /** The record; empty where it was damaged, or is of a newer Faultline. */
  public Optional<AuditRecord> record() {
    try {
      return Optional.ofNullable(Codec.whole(AuditRecord.class).readValue(json));
    } catch (JacksonException unknown) {
      return Optional.empty();
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
