package dev.faultline.model.notice;

import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is told of a game day: when it begins, when a run of it was halted, and when it is over.
 *
 * @param before how long before it begins, too, from 1s to 7d; not when absent
 * @param to whom; at least one
 */
public record Notify(Optional<Duration> before, List<Listener> to) {

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofDays(7);

  /** Refuses what nobody would hear of. */
  public Notify {
    to = List.copyOf(to);
    if (to.isEmpty()) {
      throw new InvalidValue("to", "somebody is told, such as 'to: [{slack: {urlFile: FILE}}]'");
    }
    if (before.isPresent()
        && (before.get().compareTo(LEAST) < 0 || before.get().compareTo(MOST) > 0)) {
      throw new InvalidValue("before", "'before' must be from 1s to 7d");
    }
    if (before.isPresent() && to.stream().map(Listener::channel).noneMatch(Channel::announces)) {
      throw new InvalidValue(
          "before", "nobody is told before it begins; add a 'webhook' or 'slack', or remove this");
    }
  }
}
