package dev.faultline.node.http.hpack;

import java.io.IOException;

/** A block of headers that cannot be read; the connection is of no use any more. */
public final class HpackException extends IOException {

  HpackException(String why) {
    super(why);
  }
}
