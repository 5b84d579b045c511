package dev.faultline.engine.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.fuzz.Bounds;
import dev.faultline.fuzz.Thinned;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.event.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A journal is read up to the first line that cannot be trusted. Each is read as it is, and again
 * with the checksums that belong to it, which no chance would find.
 */
public final class JournalTarget {

  private static final int ENTRY_AT = "{\"crc\":\"01234567\",\"entry\":".length();

  private JournalTarget() {}

  /** A journal of few lines; and events of every kind, with what is left of each without a part. */
  public static List<byte[]> seeds() {
    ByteArrayOutputStream few = new ByteArrayOutputStream();
    Samples.few().forEach(entry -> few.writeBytes(JournalLine.write(entry)));
    List<byte[]> seeds = new ArrayList<>(List.of(few.toByteArray()));
    for (Entry entry : Samples.entries()) {
      for (byte[] json : Thinned.of(Codec.json().writeValueAsString(entry))) {
        seeds.add(Samples.checked(new String(json, UTF_8)).getBytes(UTF_8));
      }
    }
    return seeds;
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Bounds.keep(() -> read(input));
  }

  private static void read(byte[] input) {
    check(input);
    check(healed(input));
  }

  private static byte[] healed(byte[] input) {
    StringBuilder journal = new StringBuilder();
    int number = 0;
    for (String line : new String(input, UTF_8).split("\n")) {
      if (line.length() > ENTRY_AT) {
        String json = line.substring(ENTRY_AT, line.length() - 1);
        String inOrder = json.replaceFirst("\"number\":\\d+", "\"number\":" + number++);
        journal.append(Samples.checked(inOrder));
      }
    }
    return journal.toString().getBytes(UTF_8);
  }

  private static void check(byte[] journal) {
    JournalContent content = JournalContent.of(journal);
    if (content.validBytes() > journal.length) {
      throw new AssertionError("valid beyond its end");
    }
    for (Entry entry : content.entries()) {
      String line = new String(JournalLine.write(entry), UTF_8).strip();
      if (!JournalLine.read(line).equals(Optional.of(entry))) {
        throw new AssertionError("what was read is not what is written: " + line);
      }
    }
  }
}
