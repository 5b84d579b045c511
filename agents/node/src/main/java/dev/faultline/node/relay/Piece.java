package dev.faultline.node.relay;

import java.nio.ByteBuffer;

/** What goes along a way, in its order: bytes, or the news that there are no more. */
final class Piece {

  /** What it is. */
  enum Kind {
    BYTES,
    /** The orderly end (FIN). */
    END,
    /** The sender has reset the connection. */
    RESET
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Kind kind;
  private final ByteBuffer bytes;
  private long came;
  private long due;

  private Piece(Kind kind, ByteBuffer bytes, long came) {
    this.kind = kind;
    this.bytes = bytes;
    this.came = came;
  }

  static Piece bytes(ByteBuffer bytes, long came) {
    return new Piece(Kind.BYTES, bytes, came);
  }

  static Piece of(Kind kind, long came) {
    return new Piece(kind, NOTHING, came);
  }

  /** Takes the first bytes of this one away, as a piece that came at the same time. */
  Piece cut(int length) {
    ByteBuffer first = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return new Piece(kind, first, came);
  }

  Kind kind() {
    return kind;
  }

  ByteBuffer bytes() {
    return bytes;
  }

  int length() {
    return bytes.remaining();
  }

  /** When it came to the stage that has it. */
  long came() {
    return came;
  }

  void come(long time) {
    came = time;
  }

  /** When it leaves that stage, as far as the stage says so for each piece. */
  long due() {
    return due;
  }

  void setDue(long time) {
    due = time;
  }
}
