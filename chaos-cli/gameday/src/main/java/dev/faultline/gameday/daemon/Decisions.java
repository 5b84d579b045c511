package dev.faultline.gameday.daemon;

import dev.faultline.gameday.calendar.Occasion;
import dev.faultline.gameday.course.Agenda;
import dev.faultline.gameday.course.Book;
import dev.faultline.gameday.course.Decision;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.Past;
import dev.faultline.gameday.file.Day;
import dev.faultline.model.notice.Notify;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be kept of a game day at a moment: a function of its past.
 *
 * @param digest of the content that is followed here; where others follow another one, nothing is
 *     decided
 * @param now the moment
 * @param busy whether runs of it are on here, whatever the past says
 * @param closed why nothing may begin
 */
record Decisions(Day day, String digest, Instant now, boolean busy, Optional<String> closed)
    implements Book.Decider {

  @Override
  public Book.Resolved decide(Past past) {
    String name = day.name();
    Optional<Instant> decided = past.decided(name);
    if (decided.isEmpty() || !past.follows(name, digest)) {
      return Book.Resolved.nothing();
    }
    boolean on = busy || past.open(name).isPresent();
    Agenda.Turn turn = day.agenda().decide(decided.get(), now, on);
    List<Note> notes = new ArrayList<>(turn.decisions().stream().map(this::note).toList());
    Past then = past.plus(notes);
    Optional<Occasion> coming = toAnnounce(then);
    Optional<Instant> wake = coming.map(this::announcedAt).filter(now::isBefore);
    if (coming.isPresent() && wake.isEmpty()) {
      notes.add(new Note.Announced(name, coming.get().planned(), coming.get().start(), now));
    }
    return new Book.Resolved(notes, earliest(turn.wake(), wake));
  }

  private Note note(Decision decision) {
    Instant planned = decision.occasion().planned();
    Optional<String> dropped =
        decision instanceof Decision.Drop drop ? Optional.of(drop.why()) : closed;
    return dropped
        .<Note>map(why -> new Note.Dropped(day.name(), planned, why, now))
        .orElseGet(
            () ->
                new Note.Begun(
                    day.name(),
                    planned,
                    RunIds.of(day.name(), planned, day.loaded().runs().size()),
                    now));
  }

  /** What others are to be told of before, and were not. */
  private Optional<Occasion> toAnnounce(Past past) {
    if (before().isEmpty()) {
      return Optional.empty();
    }
    return past.decided(day.name())
        .flatMap(decided -> day.agenda().coming(decided, now))
        .filter(coming -> !past.isAnnounced(day.name(), coming.planned()));
  }

  private Instant announcedAt(Occasion coming) {
    return coming.start().minus(before().orElse(Duration.ZERO));
  }

  private Optional<Duration> before() {
    return day.loaded().spec().notices().flatMap(Notify::before);
  }

  private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }
}
