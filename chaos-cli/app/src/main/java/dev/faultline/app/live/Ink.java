package dev.faultline.app.live;

/** What a piece of text means, from which its colour follows. */
public enum Ink {
  /** Nothing special. */
  PLAIN(""),
  /** What the eye should find first. */
  BOLD("1"),
  /** What is known already, or merely a frame. */
  DIM("2"),
  /** As it must be. */
  GOOD("32"),
  /** Not as it must be. */
  BAD("31"),
  /** In force, or not known. */
  WARN("33");

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  /** The text with the sequences that colour it (ECMA-48, SGR). */
  String around(String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
