package dev.faultline.node.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a fault does to a way of a connection: a queue that pieces leave when the fault lets them.
 * Pieces stay in their order. Belongs to the loop's thread.
 */
abstract class Stage {

  private final Active active;
  private final Deque<Piece> queue = new ArrayDeque<>();
  private long bytes;

  Stage(Active active) {
    this.active = active;
  }

  /** Takes a piece in. */
  void offer(Piece piece) {
    queue.add(piece);
    bytes += piece.length();
  }

  /** When the next piece may leave, {@link Ticks#NEVER} for none. */
  abstract long due();

  /**
   * Lets the next piece leave, as of the time that it was due: what comes late here does not add up
   * over stages.
   *
   * @param now to count how long it was kept
   */
  Piece take(long now) {
    long due = due();
    Piece first = head();
    int most = most();
    boolean whole = first.length() <= most;
    Piece piece = whole ? queue.remove() : first.cut(most);
    bytes -= piece.length();
    left(piece, due);
    if (piece.kind() == Piece.Kind.BYTES) {
      tally().piece(piece.length());
      tally().delay(now - piece.came());
    }
    piece.come(due);
    return piece;
  }

  /** So many bytes leave at once. */
  int most() {
    return Integer.MAX_VALUE;
  }

  /** Hears that a piece leaves. */
  void left(Piece piece, long time) {}

  /** Hears of bytes that are dropped because the way has ended. */
  void dropped(int length) {}

  /** All that it holds; it holds nothing afterwards. */
  List<Piece> release() {
    List<Piece> all = List.copyOf(queue);
    queue.clear();
    bytes = 0;
    return all;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** The piece that leaves next, when there is one. */
  Piece head() {
    return queue.element();
  }

  /** How many bytes it holds. */
  long bytes() {
    return bytes;
  }

  /** How many bytes it should be able to hold, for the fault to be what it says. */
  long room() {
    return Lane.ROOM;
  }

  Active active() {
    return active;
  }

  Tally tally() {
    return active.tally();
  }
}
