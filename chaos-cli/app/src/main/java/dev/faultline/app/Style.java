package dev.faultline.app;

/** The few colours of the terminal. */
enum Style {
  PLAIN(""),
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String around(String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  /** The text as it is seen, without its colours. */
  static String without(String text) {
    return text.replaceAll("\u001b\\[[0-9]*m", "");
  }
}
