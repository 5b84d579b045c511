package dev.faultline.node.http.frame;

/** The settings that a relay knows (RFC 9113, 6.5.2; RFC 8441). */
public enum Setting {
  ENABLE_PUSH(2),
  MAX_CONCURRENT_STREAMS(3),
  INITIAL_WINDOW_SIZE(4),
  MAX_FRAME_SIZE(5),
  MAX_HEADER_LIST_SIZE(6),
  ENABLE_CONNECT_PROTOCOL(8);

  private final int number;

  Setting(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
