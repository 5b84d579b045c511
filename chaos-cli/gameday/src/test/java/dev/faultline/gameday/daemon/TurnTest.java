package dev.faultline.gameday.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedGameDay;
import dev.faultline.gameday.calendar.GameDays;
import dev.faultline.gameday.course.Claim;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.OutOfReach;
import dev.faultline.gameday.file.Day;
import dev.faultline.model.document.GameDaySpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who begins a game day by hand while it is on, and how long he waits. */
final class TurnTest {

  private static final Instant ASKED = Instant.parse("2026-06-01T10:00:00Z");
  private static final Claim ON = new Claim.On("it is on since then, begun by other-1");

  private final List<String> said = new ArrayList<>();
  private final List<Note.Begun> claimed = new ArrayList<>();
  private final Deque<Object> answers = new ArrayDeque<>();
  private Optional<String> closed = Optional.empty();
  private Instant now = ASKED;
  private Duration step = Duration.ZERO;

  private Turn turn(String more) {
    GameDaySpec spec = GameDays.cron("0 10 1 6 *", "UTC", more);
    Day day =
        new Day(
            new LoadedGameDay("day", spec, "day.yaml", List.of(Path.of("a.yaml")), List.of()),
            GameDays.timetable("day", spec));
    Turn turn =
        new Turn(
            day, () -> now, rules(), () -> new Once(day, () -> now, new NoRunner(), new Deaf()));
    for (int look = 0; look < 10; look++) {
      turn.look();
    }
    return turn;
  }

  private Turn.Rules rules() {
    return new Turn.Rules() {
      @Override
      public Optional<String> closed() {
        return closed;
      }

      @Override
      public Claim claim(Note.Begun begun) throws IOException {
        claimed.add(begun);
        now = now.plus(step);
        Object answer = answers.remove();
        if (answer instanceof IOException lost) {
          throw lost;
        }
        return (Claim) answer;
      }
    };
  }

  private static final String QUEUE =
      ", 'concurrency': 'queue', 'window': {'late': '10m'}, 'jitter': '5m'";

  @Test
  void whatIsNotOnIsBegunAtOnce() throws Exception {
    answers.add(new Claim.Mine());

    assertThat(turn(QUEUE).await(said::add)).isInstanceOf(Turn.Found.Mine.class);
    assertThat(said).isEmpty();
  }

  @Test
  void oneThatQueuesWaitsAndBeginsAsOfThen() throws Exception {
    answers.addAll(List.of(ON, ON, new OutOfReach("away"), new Claim.Mine()));
    step = Duration.ofMinutes(3);

    Turn.Found found = turn(QUEUE).await(said::add);

    assertThat(found)
        .isInstanceOfSatisfying(
            Turn.Found.Mine.class,
            mine -> assertThat(mine.once().begun()).isEqualTo(claimed.getLast()));
    assertThat(said)
        .containsExactly(
            "day: it is on since then, begun by other-1; waiting for its end, until"
                + " 2026-06-01T10:10:00Z at the latest");
    assertThat(claimed)
        .extracting(Note.Begun::planned)
        .as("where the answer was lost, the same one is claimed again")
        .containsExactly(
            ASKED, ASKED.plusSeconds(180), ASKED.plusSeconds(360), ASKED.plusSeconds(360));
  }

  @Test
  void itWaitsAsLongAsALateOneMay() throws Exception {
    answers.addAll(List.of(ON, ON, ON));
    step = Duration.ofMinutes(5);

    assertThat(turn(QUEUE).await(said::add))
        .isEqualTo(
            new Turn.Found.Busy(
                "it is on since then, begun by other-1, and has not ended until"
                    + " 2026-06-01T10:10:00Z"));
    assertThat(claimed).hasSize(3);
  }

  @Test
  void oneThatForbidsDoesNotWait() throws Exception {
    answers.add(ON);

    assertThat(turn("").await(said::add)).isInstanceOf(Turn.Found.Busy.class);
    assertThat(said).isEmpty();
  }

  @Test
  void aFreezeAHaltAndOtherFilesEndTheWait() throws Exception {
    answers.addAll(List.of(ON, new Claim.Refused("its files differ")));
    assertThat(turn(QUEUE).await(said::add)).isEqualTo(new Turn.Found.Refused("its files differ"));

    answers.add(ON);
    Turn.Found found = turn(QUEUE).await(_ -> closed = Optional.of("frozen"));

    assertThat(found).isEqualTo(new Turn.Found.Closed("frozen"));
    assertThat(claimed).hasSize(3);
  }

  @Test
  void whoIsStoppedHasBegunNothing() throws Exception {
    answers.add(ON);
    Turn turn = turn(QUEUE);

    assertThat(turn.await(_ -> turn.stop())).isEqualTo(new Turn.Found.Stopped());
    assertThat(claimed).hasSize(1);
  }

  @Test
  void whereTheFirstAnswerCannotBeHadNobodyWaits() {
    answers.add(new OutOfReach("away"));
    Turn turn = turn(QUEUE);

    assertThatThrownBy(() -> turn.await(said::add)).isInstanceOf(OutOfReach.class);
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

  private static final class Deaf implements Parts.Teller {
    @Override
    public void tell(Note note, Optional<Day> day) {}

    @Override
    public void refused(InvalidFile why) {}
  }
}
