package dev.faultline.node.packet.text;

import dev.faultline.node.packet.PacketReading;

/** A reading as words: {@code matched=10 bytes=640 ...}, times in nanoseconds. */
public final class ReadingText {

  private ReadingText() {}

  /** The words. */
  public static String write(PacketReading it) {
    return ("matched=%d bytes=%d passed=%d lost=%d duplicated=%d corrupted=%d named=%d held=%d"
            + " most-held=%d spared=%d vanished=%d least=%s median=%s most=%s")
        .formatted(
            it.matched(),
            it.bytes(),
            it.passed(),
            it.lost(),
            it.duplicated(),
            it.corrupted(),
            it.named(),
            it.held(),
            it.mostHeld(),
            it.spared(),
            it.vanished(),
            Words.nanos(it.least()),
            Words.nanos(it.median()),
            Words.nanos(it.most()));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static PacketReading parse(String text) {
    Words words = new Words(text);
    PacketReading reading =
        new PacketReading(
            Long.parseLong(words.take("matched")),
            Long.parseLong(words.take("bytes")),
            Long.parseLong(words.take("passed")),
            Long.parseLong(words.take("lost")),
            Long.parseLong(words.take("duplicated")),
            Long.parseLong(words.take("corrupted")),
            Long.parseLong(words.take("named")),
            Long.parseLong(words.take("held")),
            Long.parseLong(words.take("most-held")),
            Long.parseLong(words.take("spared")),
            Long.parseLong(words.take("vanished")),
            Words.nanos(words.take("least")),
            Words.nanos(words.take("median")),
            Words.nanos(words.take("most")));
    if (words.hasNext()) {
      throw new IllegalArgumentException("more than a reading: '" + text + "'");
    }
    return reading;
  }
}
