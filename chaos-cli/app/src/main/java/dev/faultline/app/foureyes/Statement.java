package dev.faultline.app.foureyes;

import dev.faultline.model.codec.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What is signed: that a plan may be run for a while.
 *
 * @param plan its hash
 * @param experiment its name, for people
 * @param environment what is disturbed, for people
 * @param at when it was signed
 * @param until when it counts no more
 * @param why what the signer adds; may be empty
 */
public record Statement(
    String plan, String experiment, String environment, Instant at, Instant until, String why) {

  /** How long an approval may count. */
  public static final Duration LONGEST = Duration.ofDays(30);

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  /** The statement in a text; empty where that is none. */
  static Optional<Statement> read(String text) {
    try {
      return Optional.ofNullable(Codec.whole(Statement.class).readValue(text));
    } catch (JacksonException other) {
      return Optional.empty();
    }
  }

  /** The text that is signed. */
  public String text() {
    return Codec.json().writeValueAsString(this);
  }

  /** Why it does not count at a time; empty where it does. */
  Optional<String> obstacle(Instant now) {
    if (!now.isBefore(until)) {
      return Optional.of("ended at " + until);
    }
    if (at.isAfter(now.plus(CLOCKS_DIFFER))) {
      return Optional.of("was made at %s, and now is %s".formatted(at, now));
    }
    return Duration.between(at, until).compareTo(LONGEST) > 0
        ? Optional.of("is for more than %d days".formatted(LONGEST.toDays()))
        : Optional.empty();
  }
}
