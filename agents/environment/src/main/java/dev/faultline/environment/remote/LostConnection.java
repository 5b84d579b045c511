package dev.faultline.environment.remote;

import java.io.IOException;

/** A host cannot be reached, or no longer; the message says why. */
final class LostConnection extends IOException {

  private static final long serialVersionUID = 1L;

  LostConnection(String message) {
    super(message);
  }

  LostConnection(String message, Throwable cause) {
    super(message, cause);
  }
}
