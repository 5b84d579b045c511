package dev.faultline.node.http.frame;

import dev.faultline.node.http.text.Source;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the frames of one direction (RFC 9113, 4 and 6), and checks each for itself. Bounded:
 * frames of 16 KiB, blocks of headers of {@link #BLOCK}. For one thread.
 */
public final class FrameReader {

  /** The longest frame that is taken, without its 9 bytes of head. */
  public static final int LONGEST = 16 << 10;

  /** The most bytes that the headers of a message may take, packed. */
  public static final int BLOCK = 128 << 10;

  private static final int END = 0x1;
  private static final int ACK = 0x1;
  private static final int END_HEADERS = 0x4;
  private static final int PADDED = 0x8;
  private static final int PRIORITY = 0x20;

  private static final int CONTINUATION = 9;
  private static final int MOST_CONTINUATIONS = 64;

  @SuppressWarnings("ArrayRecordComponent") // Read at once, never compared.
  private record Raw(int type, int flags, int stream, byte[] payload) {

    boolean has(int flag) {
      return (flags & flag) != 0;
    }
  }

  private final Source source;

  public FrameReader(Source source) {
    this.source = source;
  }

  /**
   * The next frame; none when the other side has ended.
   *
   * @throws BrokenHttp2 when it breaks a rule
   */
  public Optional<Frame> next() throws IOException {
    if (source.peek() < 0) {
      return Optional.empty();
    }
    Raw raw = raw();
    return Optional.of(
        switch (raw.type()) {
          case 0 -> data(raw);
          case 1 -> headers(raw);
          case 2 -> sized(raw, 5, new Frame.Other());
          case 3 -> new Frame.Reset(ofStream(raw), sized(raw, 4, number(raw.payload(), 0)));
          case 4 -> settings(raw);
          case 5 -> throw BrokenHttp2.protocol("a push, which is switched off");
          case 6 -> ping(raw);
          case 7 -> goAway(raw);
          case 8 -> window(raw);
          case CONTINUATION -> throw BrokenHttp2.protocol("CONTINUATION of nothing");
          default -> new Frame.Other();
        });
  }

  private Raw raw() throws IOException {
    byte[] head = new byte[9];
    source.readFully(head);
    int length = number(head, 0) >>> 8;
    if (length > LONGEST) {
      throw new BrokenHttp2(ErrorCode.FRAME_SIZE_ERROR, "a frame of " + length + " bytes");
    }
    byte[] payload = new byte[length];
    source.readFully(payload);
    return new Raw(head[3] & 0xff, head[4] & 0xff, number(head, 5) & 0x7fffffff, payload);
  }

  private static Frame data(Raw raw) throws BrokenHttp2 {
    byte[] bytes = withoutPadding(raw, 0);
    return new Frame.Data(ofStream(raw), bytes, raw.payload().length, raw.has(END));
  }

  private Frame headers(Raw raw) throws IOException {
    int stream = ofStream(raw);
    byte[] block = withoutPadding(raw, raw.has(PRIORITY) ? 5 : 0);
    return new Frame.Headers(
        stream, raw.has(END_HEADERS) ? block : continued(stream, block), raw.has(END));
  }

  private byte[] continued(int stream, byte[] first) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(first);
    for (int parts = 1; parts <= MOST_CONTINUATIONS; parts++) {
      Raw more = raw();
      if (more.type() != CONTINUATION || more.stream() != stream) {
        throw BrokenHttp2.protocol("headers that are not continued");
      }
      block.writeBytes(more.payload());
      if (block.size() > BLOCK) {
        break;
      }
      if (more.has(END_HEADERS)) {
        return block.toByteArray();
      }
    }
    throw new BrokenHttp2(ErrorCode.ENHANCE_YOUR_CALM, "headers without end");
  }

  private static Frame settings(Raw raw) throws BrokenHttp2 {
    ofConnection(raw);
    byte[] payload = raw.payload();
    if (raw.has(ACK)) {
      return sized(raw, 0, new Frame.SettingsTaken());
    }
    if (payload.length % 6 != 0) {
      throw new BrokenHttp2(ErrorCode.FRAME_SIZE_ERROR, "settings of an odd length");
    }
    Map<Integer, Long> values = HashMap.newHashMap(payload.length / 6);
    for (int at = 0; at < payload.length; at += 6) {
      int name = (payload[at] & 0xff) << 8 | (payload[at + 1] & 0xff);
      values.put(name, number(payload, at + 2) & 0xffffffffL);
    }
    if (values.getOrDefault(Setting.INITIAL_WINDOW_SIZE.number(), 0L) > Integer.MAX_VALUE) {
      throw new BrokenHttp2(ErrorCode.FLOW_CONTROL_ERROR, "a window that is too large");
    }
    long longest = values.getOrDefault(Setting.MAX_FRAME_SIZE.number(), (long) LONGEST);
    if (longest < LONGEST || longest > 0xffffff) {
      throw BrokenHttp2.protocol("frames of " + longest + " bytes");
    }
    return new Frame.Settings(values);
  }

  private static Frame ping(Raw raw) throws BrokenHttp2 {
    ofConnection(raw);
    sized(raw, 8, raw);
    long high = number(raw.payload(), 0);
    return new Frame.Ping(raw.has(ACK), high << 32 | (number(raw.payload(), 4) & 0xffffffffL));
  }

  private static Frame goAway(Raw raw) throws BrokenHttp2 {
    ofConnection(raw);
    byte[] payload = raw.payload();
    if (payload.length < 8) {
      throw new BrokenHttp2(ErrorCode.FRAME_SIZE_ERROR, "a GOAWAY that is too short");
    }
    return new Frame.GoAway(
        number(payload, 0) & 0x7fffffff,
        number(payload, 4),
        Arrays.copyOfRange(payload, 8, payload.length));
  }

  private static Frame window(Raw raw) throws BrokenHttp2 {
    int more = sized(raw, 4, number(raw.payload(), 0) & 0x7fffffff);
    if (more == 0) {
      throw BrokenHttp2.protocol("a window that grows by nothing");
    }
    return new Frame.Window(raw.stream(), more);
  }

  /** What lies between the padding and {@code skipped} bytes at the start. */
  private static byte[] withoutPadding(Raw raw, int skipped) throws BrokenHttp2 {
    byte[] payload = raw.payload();
    if (!raw.has(PADDED) && skipped == 0) {
      return payload;
    }
    int from = skipped + (raw.has(PADDED) ? 1 : 0);
    int padding = raw.has(PADDED) && payload.length > 0 ? payload[0] & 0xff : 0;
    if (from + padding > payload.length) {
      throw BrokenHttp2.protocol("more padding than frame");
    }
    return Arrays.copyOfRange(payload, from, payload.length - padding);
  }

  private static int ofStream(Raw raw) throws BrokenHttp2 {
    if (raw.stream() == 0) {
      throw BrokenHttp2.protocol("a frame of a stream without its number");
    }
    return raw.stream();
  }

  private static void ofConnection(Raw raw) throws BrokenHttp2 {
    if (raw.stream() != 0) {
      throw BrokenHttp2.protocol("a frame of the connection with the number of a stream");
    }
  }

  private static <T> T sized(Raw raw, int length, T value) throws BrokenHttp2 {
    if (raw.payload().length != length) {
      throw new BrokenHttp2(ErrorCode.FRAME_SIZE_ERROR, "a frame of the wrong length");
    }
    return value;
  }

  /** Four bytes; zeros stand in for missing ones. */
  private static int number(byte[] bytes, int at) {
    int number = 0;
    for (int i = at; i < at + 4; i++) {
      number = number << 8 | (i < bytes.length ? bytes[i] & 0xff : 0);
    }
    return number;
  }

  /** For those who read a preface first. */
  public void expect(byte[] preface) throws IOException {
    if (!source.beginsWith(preface)) {
      throw new EOFException("no preface of HTTP/2");
    }
    source.readFully(new byte[preface.length]);
  }
}
