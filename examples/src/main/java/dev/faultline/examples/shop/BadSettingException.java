package dev.faultline.examples.shop;

/** A setting that the service cannot start with; the message is one line for the user. */
final class BadSettingException extends Exception {
  BadSettingException(String message) {
    super(message);
  }
}
