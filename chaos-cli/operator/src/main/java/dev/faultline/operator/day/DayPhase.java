package dev.faultline.operator.day;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

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
  REFUSED;

  /** That of one which is followed. */
  static DayPhase of(Optional<Firing> on) {
    return on.isPresent() ? RUNNING : WAITING;
  }
}
