package dev.faultline.operator.day;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a game day stands. */
public enum DayPhase {
  /** It waits for its time. */
  @JsonProperty("Waiting")
  WAITING,
  /** Its runs are on. */
  @JsonProperty("Running")
  RUNNING,
  /** Nobody follows it, as it says something that is not understood. */
  @JsonProperty("Refused")
  REFUSED
}
