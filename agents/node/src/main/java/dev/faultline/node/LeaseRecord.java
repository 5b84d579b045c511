package dev.faultline.node;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The only content of a lease file: one line that always has the same length, so that renewing it
 * never needs space. The checksum shows a line that was read while it was being written.
 */
record LeaseRecord(long counter, boolean released) {

  private static final Pattern TEXT =
      Pattern.compile("(faultline-lease 1 ([0-9]{20}) (held----|released) )([0-9a-f]{8})\n");

  /** How many bytes every record takes. */
  static final int LENGTH = 57;

  byte[] bytes() {
    String line =
        String.format(
            Locale.ROOT,
            "faultline-lease 1 %020d %s ",
            counter,
            released ? "released" : "held----");
    return (line + checksum(line) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  static LeaseState parse(byte[] bytes) {
    Matcher parts = TEXT.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    if (!parts.matches()) {
      return new LeaseState.Unreadable("not a lease of this version");
    }
    if (!checksum(parts.group(1)).equals(parts.group(4))) {
      return new LeaseState.Unreadable("wrong checksum");
    }
    if (parts.group(3).equals("released")) {
      return new LeaseState.Released();
    }
    try {
      return new LeaseState.Held(Long.parseLong(parts.group(2)));
    } catch (NumberFormatException tooLarge) {
      return new LeaseState.Unreadable("counter too large");
    }
  }

  private static String checksum(String line) {
    CRC32 crc = new CRC32();
    crc.update(line.getBytes(StandardCharsets.US_ASCII));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
