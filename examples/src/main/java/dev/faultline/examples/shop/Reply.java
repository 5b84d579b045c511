package dev.faultline.examples.shop;

/** An HTTP status and a line of text. */
record Reply(int code, String text) {
  static final int OK = 200;
  static final int ACCEPTED = 202;
  static final int CLOSED = 423;
  static final int BROKEN = 500;
  static final int UNAVAILABLE = 503;
}
