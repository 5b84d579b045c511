package dev.faultline.node.http.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Frames as they are sent (RFC 9113, 4 and 6). */
public final class FrameWriter {

  private static final int HEAD = 9;
  private static final int END = 0x1;
  private static final int END_HEADERS = 0x4;

  private FrameWriter() {}

  /** What a client sends first. */
  public static byte[] preface() {
    return "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  }

  public static byte[] data(int stream, byte[] bytes, int from, int length, boolean last) {
    return frame(0, last ? END : 0, stream, length).put(bytes, from, length).array();
  }

  /**
   * A frame, and those that continue it.
   *
   * @param longest how long each may be
   */
  public static byte[] headers(int stream, byte[] block, boolean last, int longest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(block.length + HEAD);
    int from = 0;
    do {
      int length = Math.min(longest, block.length - from);
      int flags = (from == 0 && last ? END : 0) | (from + length == block.length ? END_HEADERS : 0);
      out.writeBytes(
          frame(from == 0 ? 1 : 9, flags, stream, length).put(block, from, length).array());
      from += length;
    } while (from < block.length);
    return out.toByteArray();
  }

  public static byte[] reset(int stream, int error) {
    return frame(3, 0, stream, 4).putInt(error).array();
  }

  public static byte[] settings(Map<Setting, Long> values) {
    ByteBuffer payload = ByteBuffer.allocate(6 * values.size());
    values.forEach(
        (name, value) -> payload.putShort((short) name.number()).putInt((int) value.longValue()));
    return frame(4, 0, 0, payload.capacity()).put(payload.array()).array();
  }

  public static byte[] settingsTaken() {
    return frame(4, 1, 0, 0).array();
  }

  public static byte[] ping(Frame.Ping ping) {
    return frame(6, ping.answer() ? 1 : 0, 0, 8).putLong(ping.data()).array();
  }

  public static byte[] goAway(Frame.GoAway away) {
    return frame(7, 0, 0, 8 + away.debug().length)
        .putInt(away.last())
        .putInt(away.error())
        .put(away.debug())
        .array();
  }

  public static byte[] window(int stream, int more) {
    return frame(8, 0, stream, 4).putInt(more).array();
  }

  private static ByteBuffer frame(int type, int flags, int stream, int length) {
    return ByteBuffer.allocate(HEAD + length)
        .putInt(length << 8 | type)
        .put((byte) flags)
        .putInt(stream);
  }
}
