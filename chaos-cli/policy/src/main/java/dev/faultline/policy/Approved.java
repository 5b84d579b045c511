package dev.faultline.policy;

import java.time.Instant;
import java.util.Map;

/**
 * A person has approved a plan.
 *
 * @param by his name
 * @param until how long that counts
 * @param why what he added; may be empty
 */
public record Approved(String by, Instant until, String why) {

  /** As expressions see it. */
  Map<String, Object> values() {
    return Map.of("by", by, "until", until, "why", why);
  }
}
