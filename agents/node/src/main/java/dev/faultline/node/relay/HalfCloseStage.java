package dev.faultline.node.relay;

import dev.faultline.node.relay.Piece.Kind;

/** Ends the way, and drops what comes after. */
final class HalfCloseStage extends Stage {

  HalfCloseStage(Active active, long now) {
    super(active);
    super.offer(Piece.of(Kind.END, now));
  }

  @Override
  void offer(Piece piece) {
    switch (piece.kind()) {
      case RESET -> super.offer(piece);
      case BYTES -> dropped(piece.length());
      case END -> {}
    }
  }

  @Override
  void dropped(int length) {
    if (length > 0) {
      tally().piece(length);
    }
  }

  @Override
  long due() {
    return isEmpty() ? Ticks.NEVER : head().came();
  }
}
