package dev.faultline.gameday.daemon;

import java.time.Instant;
import java.util.Optional;

/** Wakes the daemon. */
public interface Alarms {

  /** Wakes for a game day at that moment, and at no other; empty for never. */
  void set(String gameDay, Optional<Instant> at);
}
