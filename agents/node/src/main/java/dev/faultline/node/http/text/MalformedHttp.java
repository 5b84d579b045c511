package dev.faultline.node.http.text;

import java.io.IOException;

/** Text that is not HTTP/1, or more of it than is taken. */
public final class MalformedHttp extends IOException {

  private final int status;
  private final String why;

  /**
   * @param status how a request like that is answered
   */
  public MalformedHttp(int status, String why) {
    super(why);
    this.status = status;
    this.why = why;
  }

  static MalformedHttp bad(String why) {
    return new MalformedHttp(400, why);
  }

  public int status() {
    return status;
  }

  public String why() {
    return why;
  }
}
