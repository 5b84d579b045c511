package dev.faultline.model.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers of DNS are others, late, or lost.
 *
 * @param names patterns, in which {@code *} stands for any characters
 * @param answer what is answered instead of what the server says
 * @param addresses which are answered, or none
 * @param delay how much later
 */
public record Dns(
    List<String> names, Optional<Instead> answer, List<String> addresses, Duration delay)
    implements Disturbance.OfPackets {

  /** What is answered. */
  public enum Instead {
    /** There is no such name. */
    NXDOMAIN,
    /** The server failed. */
    SERVFAIL,
    /** The server does not want to answer. */
    REFUSED,
    /** Nothing. */
    NONE
  }

  /** Keeps the lists unchangeable. */
  public Dns {
    names = List.copyOf(names);
    addresses = List.copyOf(addresses);
  }

  @Override
  public String words() {
    return "dns %s%s"
        .formatted(what(), names.contains("*") ? "" : " for " + String.join(", ", names));
  }

  private String what() {
    List<String> words = new ArrayList<>();
    if (!delay.isZero()) {
      words.add("answers %s late".formatted(Spelled.asked(delay)));
    }
    answer.ifPresent(
        instead ->
            words.add(
                instead == Instead.NONE
                    ? "without an answer"
                    : "answered " + instead.name().toLowerCase(Locale.ROOT)));
    if (!addresses.isEmpty()) {
      words.add("answered " + String.join(", ", addresses));
    }
    return String.join(", ", words);
  }

  @Override
  public boolean shownBy(LinkReading reading) {
    return reading.inForce()
        && reading.hit() > 0
        && reading.most().compareTo(delay.minus(delay.dividedBy(20))) >= 0;
  }

  @Override
  public String measured(LinkReading reading) {
    return "%s %s%s"
        .formatted(
            Spelled.count(reading.hit(), "answer"),
            done(),
            delay.isZero() ? "" : ", up to %s late".formatted(Spelled.measured(reading.most())));
  }

  @Override
  public String done() {
    return answer.equals(Optional.of(Instead.NONE))
        ? "lost"
        : answer.isPresent() || !addresses.isEmpty() ? "replaced" : "delayed";
  }
}
