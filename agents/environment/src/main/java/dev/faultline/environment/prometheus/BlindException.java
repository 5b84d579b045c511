package dev.faultline.environment.prometheus;

import dev.faultline.judge.BlindReason;

/** Prometheus could not be asked, or did not answer in a way that can be used. */
final class BlindException extends Exception {

  private static final long serialVersionUID = 1L;

  private final BlindReason reason;
  private final String detail;

  BlindException(BlindReason reason, String detail) {
    super(detail);
    this.reason = reason;
    this.detail = detail;
  }

  BlindException(BlindReason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
    this.detail = detail;
  }

  static BlindException malformed(String detail) {
    return new BlindException(BlindReason.MALFORMED, detail);
  }

  BlindReason reason() {
    return reason;
  }

  String detail() {
    return detail;
  }
}
