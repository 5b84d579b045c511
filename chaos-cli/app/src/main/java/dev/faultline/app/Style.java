package dev.faultline.app;

/** The few colours of the terminal, where colours are wanted. */
enum Style {
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String on(Console console, String text) {
    return console.colour() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
