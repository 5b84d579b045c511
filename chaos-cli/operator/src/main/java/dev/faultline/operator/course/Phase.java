package dev.faultline.operator.course;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an object stands. */
public enum Phase {
  /** It has not begun, for a reason that may go away. */
  @JsonProperty("Pending")
  PENDING,
  /** A replica makes its run. */
  @JsonProperty("Running")
  RUNNING,
  /** The replica that made its run is gone, and another one takes back what it left. */
  @JsonProperty("Undoing")
  UNDOING,
  /** Its run has ended. */
  @JsonProperty("Completed")
  COMPLETED,
  /** It is not run, and nothing was touched. */
  @JsonProperty("Refused")
  REFUSED;

  /** Whether something of it may be in force. */
  public boolean live() {
    return this == RUNNING || this == UNDOING;
  }
}
