package dev.faultline.engine.journal;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.event.Entry;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;

/**
 * One line of a journal: {@code {"crc":"1a2b3c4d","entry":{...}}}, where the checksum (CRC-32C)
 * covers the bytes of the entry.
 */
final class JournalLine {

  private static final String HEAD = "{\"crc\":\"";
  private static final String MIDDLE = "\",\"entry\":";
  private static final ObjectReader ENTRY = Codec.whole(Entry.class);
  private static final int ENTRY_AT = HEAD.length() + 8 + MIDDLE.length();

  private JournalLine() {}

  static byte[] write(Entry entry) {
    String json = Codec.json().writeValueAsString(entry);
    return (HEAD + checksum(json) + MIDDLE + json + "}\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The entry of a whole line; empty when the line is torn, altered or of another version. */
  static Optional<Entry> read(String line) {
    if (line.length() <= ENTRY_AT || !line.startsWith(HEAD) || !line.endsWith("}")) {
      return Optional.empty();
    }
    String json = line.substring(ENTRY_AT, line.length() - 1);
    if (!line.startsWith(checksum(json) + MIDDLE, HEAD.length())) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(ENTRY.readValue(json));
    } catch (JacksonException unknown) {
      return Optional.empty();
    }
  }

  private static String checksum(String json) {
    CRC32C crc = new CRC32C();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
