package dev.faultline.gameday.daemon;

import dev.faultline.gameday.course.Book;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.OutOfReach;
import dev.faultline.gameday.file.Day;
import dev.faultline.gameday.file.Days;
import dev.faultline.judge.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Begins runs when they are due. All of it happens in the thread that calls {@link #run}; others
 * write to its {@link Post}.
 */
public final class Daemon {

  /** A claim that is known to be ours so late begins no more. */
  private static final Duration STALE = Duration.ofSeconds(30);

  private record Key(String gameDay, Instant planned) {
    static Key of(Note.Begun begun) {
      return new Key(begun.gameDay(), begun.planned());
    }
  }

  private final Parts parts;
  private final Alarms alarms;
  private final Post post;
  private final Map<String, Day> days = new HashMap<>();
  private final Map<String, String> digests = new HashMap<>();
  private final Map<Key, Firing> firings = new HashMap<>();
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
    for (Book.Orphan orphan : parts.book().orphans()) {
      adopt(orphan);
    }
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
      case Signal.Look _ -> followAll();
      case Signal.Orphaned orphaned -> {
        // When this one is gone, another one takes it.
        if (!stopping) {
          adopt(orphaned.orphan());
        }
      }
      case Signal.Disowned _ -> end(true);
      case Signal.Stop stop -> {
        stopping = true;
        end(stop.undo());
      }
    }
  }

  private void end(boolean undo) {
    firings.values().forEach(Firing::end);
    if (undo) {
      firings.values().forEach(firing -> firing.on().forEach(parts.runner()::stop));
    }
  }

  /** What was on when somebody else died. */
  private void adopt(Book.Orphan orphan) throws IOException {
    Note.Begun begun = orphan.firing().begun();
    Optional<Day> day = Optional.ofNullable(days.get(begun.gameDay()));
    Firing firing = Firing.found(day, orphan.firing());
    firings.put(Key.of(begun), firing);
    for (String run : firing.on()) {
      Optional<Path> file = firing.file(run);
      await(begun, run, parts.runner().takeOver(new Runner.Lost(run, file, orphan.origin())));
    }
    closeWhenOver(firing);
  }

  private void know(Days.Found found) {
    days.clear();
    digests.clear();
    for (Day day : found.days()) {
      days.put(day.name(), day);
      digests.put(day.name(), parts.book().coversRuns() ? day.imprint() : day.digest());
    }
  }

  private void follow(Days.Found found) throws IOException {
    found.refused().forEach(parts.teller()::refused);
    know(found);
    followAll();
  }

  private void followAll() throws IOException {
    if (stopping) {
      return;
    }
    try {
      for (Note left : parts.book().followOnly(days.keySet(), now())) {
        tell(left);
        alarms.set(left.gameDay(), Optional.empty());
      }
      for (Map.Entry<String, String> day : digests.entrySet()) {
        parts.book().follow(day.getKey(), day.getValue(), now()).forEach(this::tell);
        decide(day.getKey());
      }
    } catch (OutOfReach later) {
      // Whoever keeps the book has said so, and asks for another look.
    }
  }

  private void decide(String name) throws IOException {
    Day day = days.get(name);
    String digest = digests.get(name);
    if (stopping || day == null || digest == null) {
      return;
    }
    try {
      boolean busy = firings.keySet().stream().anyMatch(key -> key.gameDay().equals(name));
      Book.Resolved resolved =
          parts
              .book()
              .decide(name, new Decisions(day, digest, now(), busy, parts.barrier().closed()));
      for (Note note : resolved.notes()) {
        tell(note);
        if (note instanceof Note.Begun begun) {
          begin(day, begun);
        }
      }
      alarms.set(name, resolved.wake());
    } catch (OutOfReach later) {
      // As above.
    }
  }

  private void begin(Day day, Note.Begun begun) throws IOException {
    Firing firing = Firing.of(day, begun);
    firings.put(Key.of(begun), firing);
    if (now().isAfter(begun.at().plus(STALE))) {
      firing.end();
      Runner.End late = new Runner.End(Outcome.HALTED.exitCode(), "it could not begin in time");
      for (String run : begun.runs()) {
        note(ended(begun, run, late));
        firing.ended(run, late.exit());
      }
    }
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
    Firing firing = firings.get(new Key(signal.gameDay(), signal.planned()));
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
    firings.remove(Key.of(firing.begun()), firing);
    post.wake(name);
  }

  /** The game day as it was when it began, where it is on. */
  private Optional<Day> dayOf(String name) {
    List<Firing> on =
        firings.values().stream().filter(one -> one.begun().gameDay().equals(name)).toList();
    return on.stream()
        .findFirst()
        .flatMap(Firing::day)
        .or(() -> Optional.ofNullable(days.get(name)));
  }

  private void note(Note note) throws IOException {
    parts.book().keep(note);
    tell(note);
  }

  private void tell(Note note) {
    parts.teller().tell(note, dayOf(note.gameDay()));
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
