package dev.faultline.gameday.course;

import dev.faultline.gameday.calendar.Obstacle;
import dev.faultline.gameday.calendar.Occasion;
import dev.faultline.gameday.calendar.Timetable;
import dev.faultline.model.document.GameDaySpec;
import dev.faultline.model.document.GameDaySpec.Concurrency;
import dev.faultline.model.document.GameDaySpec.Misfire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done for a game day, as a function of what was decided before and the moment.
 *
 * @param timetable when it is due
 * @param spec its content
 */
public record Agenda(Timetable timetable, GameDaySpec spec) {

  /** A minute's cron passes so many times in ten days of freeze: farther nobody is told. */
  private static final int FARTHEST = 15_000;

  /**
   * The decisions of a moment.
   *
   * @param decisions in the order of their occasions; at most one begins
   * @param wake when to ask again; empty where only the end of what is on, or nothing, brings more
   */
  public record Turn(List<Decision> decisions, Optional<Instant> wake) {
    /** Keeps the list unchangeable. */
    public Turn {
      decisions = List.copyOf(decisions);
    }
  }

  /**
   * Decides on all that is due.
   *
   * @param decided the last planned moment that is decided on
   * @param now the moment
   * @param on whether the game day is on
   */
  public Turn decide(Instant decided, Instant now, boolean on) {
    List<Decision> decisions = new ArrayList<>();
    List<Occasion> missed = new ArrayList<>();
    boolean busy = on;
    Optional<Instant> wake = Optional.empty();
    Optional<Occasion> next = timetable.next(decided);
    for (; next.isPresent(); next = timetable.next(next.get().planned())) {
      Occasion occasion = next.get();
      if (occasion.start().isAfter(now)) {
        wake = Optional.of(occasion.start());
        break;
      }
      Optional<Obstacle> obstacle = occasion.obstacle();
      if (obstacle.isPresent()) {
        decisions.add(new Decision.Drop(occasion, obstacle.get().words()));
      } else if (now.isAfter(timetable.latest(occasion))) {
        missed.add(occasion);
        decisions.add(new Decision.Drop(occasion, "missed"));
      } else if (busy && queued()) {
        wake = Optional.of(timetable.latest(occasion).plusMillis(1));
        break;
      } else {
        Decision decision = due(occasion, now, busy);
        decisions.add(decision);
        busy = busy || decision instanceof Decision.Begin;
      }
    }
    if (!busy && madeUp() && timetable.obstacle(now).isEmpty()) {
      makeUp(missed, decisions);
    }
    return new Turn(decisions, wake);
  }

  /**
   * What comes next, and is not left out.
   *
   * @param decided the last planned moment that is decided on
   * @param now the moment
   */
  public Optional<Occasion> coming(Instant decided, Instant now) {
    Optional<Occasion> next = timetable.next(decided);
    for (int looks = 0; looks < FARTHEST && next.isPresent(); looks++) {
      if (next.get().start().isAfter(now) && next.get().obstacle().isEmpty()) {
        return next;
      }
      next = timetable.next(next.get().planned());
    }
    return Optional.empty();
  }

  /**
   * Until when one that is begun by hand waits for the end of what is on, both included: as long as
   * an occasion that were due now would.
   *
   * @param now when it was asked for
   * @return empty where the game day does not queue
   */
  public Optional<Instant> queuedUntil(Instant now) {
    return queued()
        ? Optional.of(timetable.latest(new Occasion(now, now, Optional.empty())))
        : Optional.empty();
  }

  private Decision due(Occasion occasion, Instant now, boolean busy) {
    if (busy) {
      return new Decision.Drop(occasion, "still on since the time before");
    }
    return timetable
        .obstacle(now)
        .<Decision>map(late -> new Decision.Drop(occasion, "late, and by now " + late.words()))
        .orElseGet(() -> new Decision.Begin(occasion));
  }

  /** The last of them begins after all. */
  private static void makeUp(List<Occasion> missed, List<Decision> decisions) {
    if (!missed.isEmpty()) {
      Occasion last = missed.getLast();
      decisions.replaceAll(
          decision -> decision.occasion().equals(last) ? new Decision.Begin(last) : decision);
    }
  }

  private boolean queued() {
    return spec.concurrency().equals(Optional.of(Concurrency.QUEUE));
  }

  private boolean madeUp() {
    return spec.misfire().equals(Optional.of(Misfire.RUN_ONCE));
  }
}
