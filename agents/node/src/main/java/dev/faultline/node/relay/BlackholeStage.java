package dev.faultline.node.relay;

import dev.faultline.node.relay.Piece.Kind;
import java.util.List;

/** Lets nothing leave until it is removed. */
final class BlackholeStage extends Stage {

  BlackholeStage(Active active) {
    super(active);
  }

  @Override
  void offer(Piece piece) {
    super.offer(piece);
    if (piece.kind() == Kind.BYTES) {
      tally().piece(piece.length());
    }
  }

  @Override
  long due() {
    return Ticks.NEVER;
  }

  @Override
  List<Piece> release() {
    long now = Ticks.now();
    List<Piece> all = super.release();
    all.stream()
        .filter(piece -> piece.kind() == Kind.BYTES)
        .forEach(piece -> tally().delay(now - piece.came()));
    return all;
  }
}
