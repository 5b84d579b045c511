package dev.faultline.environment.hands;

/** A pid file is there, but does not tell which process is meant. */
final class PidFileException extends Exception {

  private static final long serialVersionUID = 1L;

  PidFileException(String message) {
    super(message);
  }

  PidFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
