package dev.faultline.node.http;

import dev.faultline.node.http.frame.BrokenHttp2;
import dev.faultline.node.http.frame.ErrorCode;
import dev.faultline.node.http.frame.FrameWriter;
import dev.faultline.node.http.message.Fields;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * One direction of a stream of HTTP/2: what waits for the window of those who get it, or for the
 * end of a delay. The session is locked by all who call.
 */
final class Lane {

  /** Smaller pieces of a body become one. */
  private static final int SMALL = 4096;

  private sealed interface Piece {}

  private record Head(Fields fields, boolean last) implements Piece {}

  /**
   * @param owed whether its sender is to be told when it was taken
   */
  @SuppressWarnings("ArrayRecordComponent") // Sent on, never compared.
  private record Bytes(byte[] bytes, boolean owed, boolean last) implements Piece {}

  /** What became of bytes that its sender waits for. */
  interface Taken {
    void taken(int flow);
  }

  private final Deque<Piece> waiting = new ArrayDeque<>();
  private long window;
  private int untaken;
  private int owed;
  private boolean held;
  private boolean ended;
  private boolean done;

  Lane(int window) {
    this.window = window;
  }

  void hold() {
    held = true;
  }

  void release() {
    held = false;
  }

  boolean isHeld() {
    return held;
  }

  /** Its sender has sent all. */
  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  /** All of it was passed on. */
  boolean isDone() {
    return done;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void widen(int more) throws BrokenHttp2 {
    window += more;
    if (window > Integer.MAX_VALUE) {
      throw new BrokenHttp2(ErrorCode.FLOW_CONTROL_ERROR, "a window that grows too large");
    }
  }

  void received(int flow) throws BrokenHttp2 {
    untaken += flow;
    if (untaken > H2Side.STREAM_WINDOW) {
      throw new BrokenHttp2(ErrorCode.FLOW_CONTROL_ERROR, "more data than there is room for");
    }
  }

  /** How much more its sender may send now; 0 while it is not worth a frame. */
  int taken(int flow) {
    untaken -= flow;
    owed += flow;
    if (owed < H2Side.STREAM_WINDOW / 4 || ended) {
      return 0;
    }
    int more = owed;
    owed = 0;
    return more;
  }

  void add(Fields fields, boolean last) {
    waiting.add(new Head(fields, last));
  }

  void add(byte[] bytes, boolean isOwed, boolean last) {
    if (waiting.peekLast() instanceof Bytes(byte[] before, boolean alsoOwed, boolean _)
        && alsoOwed == isOwed
        && before.length + bytes.length <= SMALL) {
      byte[] both = Arrays.copyOf(before, before.length + bytes.length);
      System.arraycopy(bytes, 0, both, before.length, bytes.length);
      waiting.removeLast();
      waiting.add(new Bytes(both, isOwed, last));
    } else {
      waiting.add(new Bytes(bytes, isOwed, last));
    }
  }

  /** Sends what may be sent. */
  void pump(H2Side to, int stream, Taken taken) {
    while (!held && !waiting.isEmpty()) {
      switch (waiting.element()) {
        case Head head -> {
          waiting.remove();
          to.sendHeaders(stream, head.fields(), head.last());
          done |= head.last();
        }
        case Bytes bytes -> {
          int count = (int) Math.min(Math.min(window, to.sendable()), bytes.bytes().length);
          if (count <= 0 && bytes.bytes().length > 0) {
            return;
          }
          waiting.remove();
          send(to, stream, bytes, count, taken);
        }
      }
    }
  }

  private void send(H2Side to, int stream, Bytes bytes, int count, Taken taken) {
    boolean all = count == bytes.bytes().length;
    boolean last = all && bytes.last();
    byte[] frame = FrameWriter.data(stream, bytes.bytes(), 0, count, last);
    window -= count;
    to.sendData(frame, count, bytes.owed() ? () -> taken.taken(count) : () -> {});
    if (!all) {
      byte[] rest = Arrays.copyOfRange(bytes.bytes(), count, bytes.bytes().length);
      waiting.addFirst(new Bytes(rest, bytes.owed(), bytes.last()));
    }
    done |= last;
  }

  /** Drops what waits. Returns how many bytes its sender is owed for it. */
  int clear() {
    int dropped = 0;
    for (Piece piece : waiting) {
      if (piece instanceof Bytes(byte[] bytes, boolean isOwed, boolean _) && isOwed) {
        dropped += bytes.length;
      }
    }
    waiting.clear();
    return dropped;
  }
}
