package dev.faultline.gameday.daemon;

import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.Past;
import dev.faultline.gameday.file.Day;
import dev.faultline.judge.Outcome;
import dev.faultline.model.document.GameDaySpec.OnFailure;
import dev.faultline.model.document.GameDaySpec.Order;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The runs of one occasion, as they begin and end. Not thread-safe. */
final class Firing {

  /** A run that has not begun. */
  record Due(String run, Path file) {}

  private final Optional<Day> day;
  private final Note.Begun begun;
  private final OnFailure onFailure;
  private final int atOnce;
  private final Deque<Due> left = new ArrayDeque<>();
  private final Set<String> on = new HashSet<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  private Firing(Optional<Day> day, Note.Begun begun, OnFailure onFailure, int atOnce) {
    this.day = day;
    this.begun = begun;
    this.onFailure = onFailure;
    this.atOnce = atOnce;
  }

  /** Runs that are to begin. */
  static Firing of(Day day, Note.Begun begun) {
    boolean parallel = day.loaded().spec().order().equals(Optional.of(Order.PARALLEL));
    Firing firing =
        new Firing(
            Optional.of(day),
            begun,
            day.loaded().spec().onFailure().orElse(OnFailure.STOP),
            parallel ? begun.runs().size() : 1);
    for (int i = 0; i < begun.runs().size(); i++) {
      firing.left.add(new Due(begun.runs().get(i), day.loaded().runs().get(i)));
    }
    return firing;
  }

  /** Runs that began before this process did, none of which begins again. */
  static Firing found(Optional<Day> day, Past.Firing open) {
    Firing firing = new Firing(day, open.begun(), OnFailure.STOP, 0);
    firing.on.addAll(open.unfinished());
    open.ended().forEach(end -> firing.outcomes.add(outcome(end.exit())));
    return firing;
  }

  /** The next run that may begin now, which is on from here. */
  Optional<Due> next() {
    if (left.isEmpty() || on.size() >= atOnce) {
      return Optional.empty();
    }
    Due next = left.remove();
    on.add(next.run());
    return Optional.of(next);
  }

  /** A run has ended. */
  void ended(String run, int exit) {
    on.remove(run);
    Outcome outcome = outcome(exit);
    outcomes.add(outcome);
    if (onFailure.stopsAfter(outcome)) {
      left.clear();
    }
  }

  /** What has not begun never will. */
  void end() {
    left.clear();
  }

  boolean over() {
    return left.isEmpty() && on.isEmpty();
  }

  Set<String> on() {
    return Set.copyOf(on);
  }

  /** The game day as it was when this began, where that is known. */
  Optional<Day> day() {
    return day;
  }

  /** What a run of it runs, where that is still known. */
  Optional<Path> file(String run) {
    int place = begun.runs().indexOf(run);
    return day.map(known -> known.loaded().runs())
        .filter(files -> files.size() == begun.runs().size() && place >= 0)
        .map(files -> files.get(place));
  }

  Note.Begun begun() {
    return begun;
  }

  int exit() {
    return Outcome.weightiest(outcomes).exitCode();
  }

  /** A code that is none of ours is that of a process that was killed. */
  private static Outcome outcome(int exit) {
    return Outcome.ofExitCode(exit).orElse(Outcome.INTERNAL_ERROR);
  }
}
