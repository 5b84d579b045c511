package dev.faultline.environment.notice;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What there is to tell of a game day.
 *
 * @param moment which part of it
 * @param gameDay its name
 * @param planned when it was planned
 * @param at when this happened; of what is to come, when it begins
 * @param runs the ids of its runs, or the files of what is to come
 * @param run the run that was halted
 * @param exit the exit code of that run, or of the game day
 * @param words what there is to say, in a sentence
 */
public record News(
    Moment moment,
    String gameDay,
    Instant planned,
    Instant at,
    List<String> runs,
    Optional<String> run,
    Optional<Integer> exit,
    String words) {

  /** The parts of a game day of which others are told. */
  public enum Moment {
    /** It is to begin. */
    BEFORE,
    /** It begins. */
    START,
    /** A run of it was halted, or its undo is not proven. */
    HALT,
    /** It is over. */
    END
  }

  /** Keeps the list unchangeable. */
  public News {
    runs = List.copyOf(runs);
  }

  /** The occasion in words, the same in all of its news. */
  String occasion() {
    return "faultline game day %s, planned for %s".formatted(gameDay, planned);
  }

  /** Tells these news from all others, and is the same when they are sent again. */
  String id() {
    return "%s.%s.%s%s"
        .formatted(
            gameDay,
            planned.getEpochSecond(),
            moment.name().toLowerCase(Locale.ROOT),
            run.map(name -> "." + name).orElse(""));
  }
}
