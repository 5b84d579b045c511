package dev.faultline.node.relay;

import dev.faultline.node.relay.Piece.Kind;
import dev.faultline.node.relay.StreamFault.Limit;

/** Lets so many bytes pass, and then ends the connection in an orderly manner. */
final class LimitStage extends Stage {

  private final Runnable reached;
  private long left;

  /**
   * @param reached is called once when so many bytes have passed, before the end leaves
   */
  LimitStage(Active active, Limit limit, long now, Runnable reached) {
    super(active);
    this.reached = reached;
    this.left = limit.bytes();
    if (left == 0) {
      end(now);
    }
  }

  @Override
  void offer(Piece piece) {
    if (piece.kind() == Kind.RESET) {
      super.offer(piece);
    } else if (left > 0) {
      int passed = (int) Math.min(left, piece.length());
      left -= passed;
      super.offer(passed == piece.length() ? piece : piece.cut(passed));
      if (left == 0) {
        end(piece.came());
      }
    }
  }

  private void end(long now) {
    super.offer(Piece.of(Kind.END, now));
    reached.run();
  }

  @Override
  long due() {
    return isEmpty() ? Ticks.NEVER : head().came();
  }
}
