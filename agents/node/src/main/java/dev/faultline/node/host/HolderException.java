package dev.faultline.node.host;

import java.io.IOException;

/** A holder cannot hold what it was asked to, has ended, or does not answer. */
public final class HolderException extends IOException {

  private static final long serialVersionUID = 1L;

  HolderException(String message) {
    super(message);
  }

  HolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
