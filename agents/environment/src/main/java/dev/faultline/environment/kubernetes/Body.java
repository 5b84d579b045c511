package dev.faultline.environment.kubernetes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * The body of an answer as it came. A list of pods is a tenth of its size on its way, and stays so
 * here: it is unpacked while it is read. Immutable and thread-safe.
 */
final class Body {

  private final byte[] bytes;
  private final boolean packed;

  /**
   * A body; the bytes are not copied.
   *
   * @param packed whether it is compressed by gzip
   */
  Body(byte[] bytes, boolean packed) {
    this.bytes = bytes;
    this.packed = packed;
  }

  /** A body that is a text. */
  static Body of(String text) {
    return new Body(text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** What is in it, from its beginning; one that is torn fails here, or while it is read. */
  InputStream open() throws IOException {
    InputStream plain = new ByteArrayInputStream(bytes);
    return packed ? new GZIPInputStream(plain) : plain;
  }

  /** The whole of it. */
  String text() throws ApiTrouble {
    try (InputStream plain = open()) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException torn) {
      throw Reply.torn();
    }
  }
}
