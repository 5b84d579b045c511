package dev.faultline.gameday.daemon;

import dev.faultline.gameday.calendar.Occasion;
import dev.faultline.gameday.course.Agenda;
import dev.faultline.gameday.course.Decision;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.Past;
import dev.faultline.gameday.file.Day;
import dev.faultline.gameday.file.Days;
import dev.faultline.judge.Outcome;
import dev.faultline.model.notice.Notify;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Begins runs when they are due. All of it happens in the thread that calls {@link #run}; others
 * write to its {@link Post}.
 */
public final class Daemon {

  private final Parts parts;
  private final Alarms alarms;
  private final Post post;
  private final Map<String, Day> days = new HashMap<>();
  private final Map<String, Firing> firings = new HashMap<>();
  private boolean stopping;
  private int worst;

  /** A daemon that sets these alarms and reads this post. */
  public Daemon(Parts parts, Alarms alarms, Post post) {
    this.parts = parts;
    this.alarms = alarms;
    this.post = post;
  }

  /**
   * Goes on until it is stopped.
   *
   * @param changes game days as they change
   * @param look how often to look for changes
   * @return the exit code: 7 where the undo of a run is not proven
   * @throws IOException when the journal cannot be written: then nothing more may begin
   */
  public int run(Changes changes, Duration look) throws IOException, InterruptedException {
    Optional<Days.Found> first = changes.next();
    first.ifPresent(this::know);
    takeOver();
    if (first.isPresent()) {
      follow(first.get());
    }
    while (!stopping || !firings.isEmpty()) {
      if (!stopping) {
        Optional<Days.Found> changed = changes.next();
        if (changed.isPresent()) {
          follow(changed.get());
        }
      }
      Optional<Signal> signal = post.next(look);
      if (signal.isPresent()) {
        hear(signal.get());
      }
    }
    return worst;
  }

  private void hear(Signal signal) throws IOException {
    switch (signal) {
      case Signal.Wake wake -> decide(wake.gameDay());
      case Signal.RunEnded ended -> ended(ended);
      case Signal.Stop stop -> {
        stopping = true;
        firings.values().forEach(Firing::end);
        if (stop.undo()) {
          firings.values().forEach(firing -> firing.on().forEach(parts.runner()::stop));
        }
      }
    }
  }

  /** What was on when another daemon died. */
  private void takeOver() throws IOException {
    for (Past.Firing open : parts.notebook().past().open()) {
      Note.Begun begun = open.begun();
      Firing firing = Firing.found(Optional.ofNullable(days.get(begun.gameDay())), open);
      firings.put(begun.gameDay(), firing);
      firing.on().forEach(run -> await(begun, run, parts.runner().takeOver(run)));
      closeWhenOver(firing);
    }
  }

  private void know(Days.Found found) {
    days.clear();
    found.days().forEach(day -> days.put(day.name(), day));
  }

  private void follow(Days.Found found) throws IOException {
    found.refused().forEach(parts.teller()::refused);
    know(found);
    for (String name : parts.notebook().past().followed()) {
      if (!days.containsKey(name)) {
        note(new Note.Left(name, now()));
        alarms.set(name, Optional.empty());
      }
    }
    for (Day day : found.days()) {
      if (!parts.notebook().past().follows(day.name(), day.digest())) {
        note(new Note.Followed(day.name(), day.digest(), now()));
      }
      decide(day.name());
    }
  }

  private void decide(String name) throws IOException {
    Day day = days.get(name);
    Optional<Instant> decided = parts.notebook().past().decided(name);
    if (stopping || day == null || decided.isEmpty()) {
      return;
    }
    Agenda.Turn turn = day.agenda().decide(decided.get(), now(), firings.containsKey(name));
    for (Decision decision : turn.decisions()) {
      switch (decision) {
        case Decision.Drop drop -> drop(name, drop.occasion().planned(), drop.why());
        case Decision.Begin begin -> begin(day, begin.occasion().planned());
      }
    }
    alarms.set(name, earliest(turn.wake(), announce(day)));
  }

  /** Tells others what is to come, once its time is near; gives when that will be. */
  private Optional<Instant> announce(Day day) throws IOException {
    Optional<Duration> before = day.loaded().spec().notices().flatMap(Notify::before);
    Past past = parts.notebook().past();
    Optional<Instant> decided = past.decided(day.name());
    if (before.isEmpty() || decided.isEmpty()) {
      return Optional.empty();
    }
    Instant now = now();
    Optional<Occasion> coming = day.agenda().coming(decided.get(), now);
    if (coming.isEmpty() || past.isAnnounced(day.name(), coming.get().planned())) {
      return Optional.empty();
    }
    Instant due = coming.get().start().minus(before.get());
    if (due.isAfter(now)) {
      return Optional.of(due);
    }
    note(new Note.Announced(day.name(), coming.get().planned(), coming.get().start(), now));
    return Optional.empty();
  }

  private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  private void drop(String name, Instant planned, String why) throws IOException {
    note(new Note.Dropped(name, planned, why, now()));
  }

  private void begin(Day day, Instant planned) throws IOException {
    Optional<String> closed = parts.barrier().closed();
    if (closed.isPresent()) {
      drop(day.name(), planned, closed.get());
      return;
    }
    List<String> runs = RunIds.of(day.name(), planned, day.loaded().runs().size());
    Note.Begun begun = new Note.Begun(day.name(), planned, runs, now());
    note(begun);
    Firing firing = Firing.of(day, begun);
    firings.put(day.name(), firing);
    beginDue(firing);
  }

  private void beginDue(Firing firing) throws IOException {
    for (Optional<Firing.Due> due = firing.next(); due.isPresent(); due = firing.next()) {
      String run = due.get().run();
      try {
        await(firing.begun(), run, parts.runner().begin(run, due.get().file()));
      } catch (IOException impossible) {
        Runner.End end =
            new Runner.End(
                Outcome.INTERNAL_ERROR.exitCode(), String.valueOf(impossible.getMessage()));
        note(ended(firing.begun(), run, end));
        firing.ended(run, end.exit());
      }
    }
    closeWhenOver(firing);
  }

  private void await(Note.Begun begun, String run, CompletableFuture<Runner.End> end) {
    var _ =
        end.thenAccept(
            said -> post.ended(new Signal.RunEnded(begun.gameDay(), begun.planned(), run, said)));
  }

  private void ended(Signal.RunEnded signal) throws IOException {
    Firing firing = firings.get(signal.gameDay());
    if (firing == null || !firing.on().contains(signal.run())) {
      return;
    }
    note(ended(firing.begun(), signal.run(), signal.end()));
    firing.ended(signal.run(), signal.end().exit());
    if (stopping || parts.barrier().closed().isPresent()) {
      firing.end();
    }
    beginDue(firing);
  }

  private Note.Ended ended(Note.Begun begun, String run, Runner.End end) {
    return new Note.Ended(begun.gameDay(), begun.planned(), run, end.exit(), end.words(), now());
  }

  private void closeWhenOver(Firing firing) throws IOException {
    if (!firing.over()) {
      return;
    }
    String name = firing.begun().gameDay();
    if (firing.exit() == Outcome.UNDO_NOT_PROVEN.exitCode()) {
      worst = firing.exit();
    }
    note(new Note.Closed(name, firing.begun().planned(), firing.exit(), now()));
    firings.remove(name, firing);
    post.wake(name);
  }

  private Optional<Day> dayOf(String name) {
    return Optional.ofNullable(firings.get(name))
        .flatMap(Firing::day)
        .or(() -> Optional.ofNullable(days.get(name)));
  }

  private void note(Note note) throws IOException {
    parts.notebook().write(note);
    parts.teller().tell(note, dayOf(note.gameDay()));
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
