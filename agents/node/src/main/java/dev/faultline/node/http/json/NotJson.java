package dev.faultline.node.http.json;

/** A text that is not JSON. */
public final class NotJson extends Exception {

  NotJson(String why, int at) {
    super("not JSON at character %d: %s".formatted(at + 1, why));
  }
}
