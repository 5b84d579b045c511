package dev.faultline.node.http;

import dev.faultline.node.http.frame.BrokenHttp2;
import dev.faultline.node.http.frame.ErrorCode;
import dev.faultline.node.http.frame.Frame;
import dev.faultline.node.http.frame.FrameReader;
import dev.faultline.node.http.frame.FrameWriter;
import dev.faultline.node.http.frame.Setting;
import dev.faultline.node.http.hpack.HpackDecoder;
import dev.faultline.node.http.hpack.HpackEncoder;
import dev.faultline.node.http.hpack.HpackException;
import dev.faultline.node.http.message.Fields;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One of the two connections of HTTP/2: what it may be sent, and what it may send. The frames for
 * it wait in a queue, so that no one waits for its socket while the session is locked. The session
 * is locked by all who call, but for {@link #write}, {@link #awaitRoom} and the reader.
 */
final class H2Side {

  /** What each stream may send before the other side has taken it. */
  static final int STREAM_WINDOW = 256 << 10;

  /** What all of them may. */
  static final int CONNECTION_WINDOW = 16 << 20;

  /** What holds before anybody says otherwise. */
  static final int FIRST_WINDOW = 65_535;

  private static final int MOST_WAITING = 10_000;
  private static final long PAUSE_NANOS = 1_000_000;

  @SuppressWarnings("ArrayRecordComponent") // Sent at once, never compared.
  private record Out(byte[] bytes, Runnable sent, boolean last) {}

  private final Wire wire;
  private final FrameReader reader;
  private final HpackDecoder decoder = new HpackDecoder();
  private final HpackEncoder encoder = new HpackEncoder();
  private final BlockingQueue<Out> queue = new LinkedBlockingQueue<>();
  private long window = FIRST_WINDOW;
  private int initialWindow = FIRST_WINDOW;
  private int longest = FrameReader.LONGEST;
  private int untaken;
  private int owed;

  H2Side(Wire wire) {
    this.wire = wire;
    this.reader = new FrameReader(wire.in());
  }

  Wire wire() {
    return wire;
  }

  FrameReader reader() {
    return reader;
  }

  /**
   * The settings that the other side has given: how it may be sent to. Returns the change of the
   * window.
   */
  int take(Frame.Settings settings) {
    Map<Integer, Long> values = settings.values();
    int before = initialWindow;
    initialWindow =
        Math.toIntExact(
            values.getOrDefault(Setting.INITIAL_WINDOW_SIZE.number(), (long) initialWindow));
    long frames = values.getOrDefault(Setting.MAX_FRAME_SIZE.number(), (long) longest);
    longest = (int) Math.min(FrameReader.LONGEST, frames);
    send(FrameWriter.settingsTaken());
    return initialWindow - before;
  }

  int initialWindow() {
    return initialWindow;
  }

  /** How much of a body may be sent in one frame, as far as the whole connection is concerned. */
  int sendable() {
    return (int) Math.min(window, longest);
  }

  void widen(int more) throws BrokenHttp2 {
    window += more;
    if (window > Integer.MAX_VALUE) {
      throw new BrokenHttp2(ErrorCode.FLOW_CONTROL_ERROR, "a window that grows too large");
    }
  }

  Fields decode(byte[] block) throws HpackException {
    return decoder.decode(block);
  }

  void sendHeaders(int stream, Fields fields, boolean last) {
    send(FrameWriter.headers(stream, encoder.encode(fields), last, longest));
  }

  /**
   * @param sent is called once it is out of the queue, without the lock of the session
   */
  void sendData(byte[] frame, int flow, Runnable sent) {
    window -= flow;
    queue.add(new Out(frame, sent, false));
  }

  void send(byte[] frame) {
    queue.add(new Out(frame, () -> {}, false));
  }

  /** Nothing more will be sent. */
  void sendEnd() {
    queue.add(new Out(new byte[0], () -> {}, true));
  }

  /** What it has sent takes room until it is {@link #taken}. */
  void received(int flow) throws BrokenHttp2 {
    untaken += flow;
    if (untaken > CONNECTION_WINDOW) {
      throw new BrokenHttp2(ErrorCode.FLOW_CONTROL_ERROR, "more data than there is room for");
    }
  }

  void taken(int flow) {
    untaken -= flow;
    owed += flow;
    if (owed >= CONNECTION_WINDOW / 4) {
      send(FrameWriter.window(0, owed));
      owed = 0;
    }
  }

  /** Sends what is in the queue, until its end. Waits for more. */
  void write() throws IOException, InterruptedException {
    while (true) {
      Out next = queue.poll();
      if (next == null) {
        wire.out().flush();
        next = queue.take();
      }
      if (next.last()) {
        wire.out().flush();
        return;
      }
      wire.out().write(next.bytes());
      next.sent().run();
    }
  }

  /** Whoever reads from one side waits while too much is to be written to either. */
  void awaitRoom() {
    while (queue.size() > MOST_WAITING && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
