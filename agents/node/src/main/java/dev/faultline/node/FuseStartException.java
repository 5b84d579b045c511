package dev.faultline.node;

import java.io.IOException;

/**
 * A fuse could not be armed; the message says why. There is no fuse then, and no fault may start.
 */
public final class FuseStartException extends IOException {

  private static final long serialVersionUID = 1L;

  FuseStartException(String message) {
    super(message);
  }

  FuseStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
