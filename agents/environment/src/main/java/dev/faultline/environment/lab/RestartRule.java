package dev.faultline.environment.lab;

import dev.faultline.environment.lives.Seconds;
import dev.faultline.model.environment.Lab.Restart;
import dev.faultline.model.environment.Lab.RestartPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * What the supervisor does when a process ends.
 *
 * @param always whether it starts it again
 * @param delay how long it waits first
 */
record RestartRule(boolean always, Duration delay) {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(250);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

  static final RestartRule NEVER = new RestartRule(false, Duration.ZERO);

  /** A process whose file says nothing about restarts stays down. */
  static RestartRule of(Optional<Restart> restart) {
    return restart
        .filter(wanted -> wanted.policy() == RestartPolicy.ALWAYS)
        .map(wanted -> new RestartRule(true, wanted.delay().orElse(Duration.ZERO)))
        .orElse(NEVER);
  }

  /** What starts the process again, in words; empty when nothing does. */
  Optional<String> words() {
    return always
        ? Optional.of(
            "the lab's supervisor, "
                + (delay.isZero() ? "at once" : "after " + Seconds.words(delay)))
        : Optional.empty();
  }

  /**
   * How long to wait before the next start: the delay, or longer when the lives before ended
   * without having become healthy, so that a crash loop does not eat the machine that is being
   * measured.
   */
  Duration pause(int unhealthyLives) {
    if (unhealthyLives == 0) {
      return delay;
    }
    Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(unhealthyLives - 1, 10));
    Duration bounded = backoff.compareTo(LONGEST_BACKOFF) < 0 ? backoff : LONGEST_BACKOFF;
    return bounded.compareTo(delay) < 0 ? delay : bounded;
  }
}
