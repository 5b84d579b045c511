package dev.faultline.node.http.frame;

import java.io.IOException;

/** The other side broke the rules of HTTP/2; its connection has to end. */
public final class BrokenHttp2 extends IOException {

  private final ErrorCode error;

  public BrokenHttp2(ErrorCode error, String why) {
    super(why);
    this.error = error;
  }

  static BrokenHttp2 protocol(String why) {
    return new BrokenHttp2(ErrorCode.PROTOCOL_ERROR, why);
  }

  public ErrorCode error() {
    return error;
  }
}
