package dev.faultline.model.document;

import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Key;
import dev.faultline.model.notice.Notify;
import dev.faultline.model.schedule.Freeze;
import dev.faultline.model.schedule.Schedule;
import dev.faultline.model.schedule.Window;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The content of a game day.
 *
 * @param schedule when its runs are due; must be given
 * @param window when they may begin; all day, 15 minutes late, when absent
 * @param freeze when nothing begins, whatever the schedule says
 * @param runs files of one experiment or rollout each, their paths from the folder of this file; at
 *     least one
 * @param order how its runs follow each other; {@code sequence} when absent
 * @param onFailure what becomes of the other runs after one that did not pass; {@code stop} when
 *     absent
 * @param jitter up to how long after it was due it begins, drawn for each time, within the window
 *     and before it is due again, at most 12h
 * @param seed fixes what is drawn for {@code jitter}; 1 when absent
 * @param misfire what becomes of times that were missed; {@code skip} when absent
 * @param concurrency what happens when it is due and still on; {@code forbid} when absent
 * @param notices who is told
 */
public record GameDaySpec(
    Schedule schedule,
    Optional<Window> window,
    List<Freeze> freeze,
    List<String> runs,
    Optional<Order> order,
    Optional<OnFailure> onFailure,
    Optional<Duration> jitter,
    Optional<Long> seed,
    Optional<Misfire> misfire,
    Optional<Concurrency> concurrency,
    @Key("notify") Optional<Notify> notices) {

  /** How runs follow each other. */
  public enum Order {
    /** One after the other. */
    SEQUENCE,
    /** All at once; each in an environment of its own. */
    PARALLEL
  }

  /** What becomes of the other runs. */
  public enum OnFailure {
    /** They do not begin. */
    STOP,
    /** They begin all the same, unless a run was halted or its undo is not proven. */
    CONTINUE;

    /** Whether what has not begun never will, after a run that ended so. */
    public boolean stopsAfter(Outcome outcome) {
      boolean worst =
          outcome == Outcome.HALTED
              || outcome == Outcome.UNDO_NOT_PROVEN
              || outcome == Outcome.INTERNAL_ERROR;
      return worst || (this == STOP && outcome != Outcome.PASSED);
    }
  }

  /** What becomes of times that were missed, as nothing was there to begin a run. */
  public enum Misfire {
    /** They are told of, and over. */
    SKIP,
    /** The last of them is made up for, once, where window and freezes let it begin now. */
    RUN_ONCE
  }

  /** What happens when a game day is due and still on. */
  public enum Concurrency {
    /** It does not begin again. */
    FORBID,
    /** It begins when the one before has ended, unless that is too late. */
    QUEUE
  }

  private static final Duration MOST_JITTER = Duration.ofHours(12);

  /** Refuses a game day of which nothing would come. */
  public GameDaySpec {
    InvalidValue.required(schedule, "schedule");
    freeze = List.copyOf(freeze);
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new InvalidValue(
          "runs", "a game day needs at least one run, such as 'runs: [slow-inventory.yaml]'");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i).isBlank()) {
        throw new InvalidValue("runs/%d".formatted(i), "a path is expected here");
      }
      if (order.equals(Optional.of(Order.PARALLEL)) && !names.add(runs.get(i))) {
        throw new InvalidValue(
            "runs/%d".formatted(i),
            "'%s' stands here twice, and cannot run beside itself".formatted(runs.get(i)));
      }
    }
    if (jitter.isPresent() && jitter.get().compareTo(MOST_JITTER) > 0) {
      throw new InvalidValue("jitter", "'jitter' must be at most 12h");
    }
  }
}
