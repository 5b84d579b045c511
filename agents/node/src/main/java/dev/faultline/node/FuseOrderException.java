package dev.faultline.node;

/** A text that is not a {@link FuseOrder}; the message says what is wrong with it. */
public final class FuseOrderException extends Exception {

  private static final long serialVersionUID = 1L;

  FuseOrderException(String message) {
    super(message);
  }
}
