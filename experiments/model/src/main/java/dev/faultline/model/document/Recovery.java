package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;

/**
 * What counts as recovered.
 *
 * @param within from the end of the last fault until every gate is inside its bound, for good;
 *     above 0s
 */
public record Recovery(Duration within) {
  /** Requires a time. */
  public Recovery {
    InvalidValue.required(within, "within");
    if (within.isZero()) {
      throw new InvalidValue("within", "'within' must be above 0s");
    }
  }
}
