package dev.faultline.gameday.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedGameDay;
import dev.faultline.gameday.calendar.GameDays;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.Notebook;
import dev.faultline.gameday.file.Day;
import dev.faultline.gameday.file.Days;
import dev.faultline.model.document.GameDaySpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others are told of, and that they are told once, whatever is killed in between. */
final class AnnouncementTest {

  private static final Instant DUE = Instant.parse("2026-06-01T10:00:00Z");
  private static final String TOLD =
      ", 'notify': {'before': '15m', 'to': [{'slack': {'url': 'http://127.0.0.1:9/'}}]}";

  @TempDir private Path folder;

  private final List<Note> told = new ArrayList<>();
  private final List<Optional<Instant>> alarms = new ArrayList<>();

  private static Day day(String more) {
    GameDaySpec spec = GameDays.cron("0 10 1 6 *", "UTC", more);
    return new Day(
        new LoadedGameDay("day", spec, "day.yaml", List.of(Path.of("a.yaml")), List.of()),
        GameDays.timetable("day", spec));
  }

  /** A daemon that lives for a moment. */
  private void liveAt(Instant now, Day day) throws Exception {
    Post post = new Post();
    post.stop(false);
    try (Notebook notebook = Notebook.open(folder.resolve("journal.jsonl"))) {
      Parts parts =
          new Parts(InstantSource.fixed(now), notebook, new NoRunner(), Optional::empty, teller());
      Optional<Days.Found> found = Optional.of(new Days.Found(List.of(day), List.of()));
      new Daemon(parts, (_, at) -> alarms.add(at), post).run(() -> found, Duration.ofSeconds(1));
    }
  }

  private Parts.Teller teller() {
    return new Parts.Teller() {
      @Override
      public void tell(Note note, Optional<Day> day) {
        assertThat(day).as("the game day of %s", note).isPresent();
        told.add(note);
      }

      @Override
      public void refused(InvalidFile why) {
        throw new AssertionError(why);
      }
    };
  }

  @Test
  void othersAreToldOnceWhenItsTimeIsNear() throws Exception {
    liveAt(DUE.minusSeconds(3600), day(TOLD));
    assertThat(alarms).last().isEqualTo(Optional.of(DUE.minusSeconds(900)));
    assertThat(told).noneMatch(Note.Announced.class::isInstance);

    liveAt(DUE.minusSeconds(900), day(TOLD));
    liveAt(DUE.minusSeconds(60), day(TOLD));

    assertThat(told)
        .filteredOn(Note.Announced.class::isInstance)
        .containsExactly(new Note.Announced("day", DUE, DUE, DUE.minusSeconds(900)));
    assertThat(alarms).last().isEqualTo(Optional.of(DUE));
  }

  @Test
  void whatIsFrozenIsNotAnnounced() throws Exception {
    liveAt(DUE.minusSeconds(60), day(TOLD + ", 'freeze': ['2026-06-01']"));

    assertThat(told).noneMatch(Note.Announced.class::isInstance);
  }

  @Test
  void withoutATimeBeforeNobodyIsToldBefore() throws Exception {
    liveAt(DUE.minusSeconds(60), day(TOLD.replace("'before': '15m', ", "")));

    assertThat(told).hasSize(1).first().isInstanceOf(Note.Followed.class);
  }

  private static final class NoRunner implements Runner {
    @Override
    public CompletableFuture<End> begin(String run, Path file) throws IOException {
      throw new IOException("nothing begins here");
    }

    @Override
    public void stop(String run) {}

    @Override
    public CompletableFuture<End> takeOver(Lost lost) {
      return new CompletableFuture<>();
    }
  }
}
