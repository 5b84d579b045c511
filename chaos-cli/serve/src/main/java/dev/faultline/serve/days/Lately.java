package dev.faultline.serve.days;

import dev.faultline.gameday.course.Chronicle;
import dev.faultline.gameday.course.Note;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of game days before, in lines. A chronicle that may take its time is read in a thread
 * of its own, so that no page waits for it. Thread-safe.
 */
public final class Lately implements AutoCloseable {

  private static final int MOST = 20;
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Chronicle chronicle;
  private final Optional<Thread> reader;
  private volatile List<String> seen = List.of("what became of earlier game days is being read");

  private Lately(Chronicle chronicle, boolean behind) {
    this.chronicle = chronicle;
    this.reader =
        behind
            ? Optional.of(Thread.ofVirtual().name("serve-lately").unstarted(this::follow))
            : Optional.empty();
  }

  /** Reads a chronicle whenever it is asked for its lines. */
  public static Lately asked(Chronicle chronicle) {
    return new Lately(chronicle, false);
  }

  /** Reads a chronicle every five seconds, until this is closed; its lines are those of then. */
  public static Lately followed(Chronicle chronicle) {
    Lately lately = new Lately(chronicle, true);
    lately.reader.ifPresent(Thread::start);
    return lately;
  }

  /** The newest first; where they cannot be read, one that says so, and why. */
  public List<String> lines() {
    return reader.isPresent() ? seen : read();
  }

  private void follow() {
    try {
      while (true) {
        seen = read();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> read() {
    try {
      return chronicle.newest(MOST).stream()
          .map(Lately::words)
          .flatMap(Optional::stream)
          .limit(MOST)
          .toList();
    } catch (IOException | RuntimeException unread) {
      return List.of("what became of earlier game days cannot be read: " + unread.getMessage());
    }
  }

  private static Optional<String> words(Note note) {
    String day = note.gameDay();
    return switch (note) {
      case Note.Followed _, Note.Left _, Note.Announced _ -> Optional.empty();
      case Note.Dropped drop ->
          Optional.of(
              "%s: %s dropped what was planned for %s: %s"
                  .formatted(drop.at(), day, drop.planned(), drop.why()));
      case Note.Begun begun ->
          Optional.of(
              "%s: %s began %s".formatted(begun.at(), day, String.join(", ", begun.runs())));
      case Note.Ended end ->
          Optional.of(
              "%s: %s, run %s ended with %d%s"
                  .formatted(
                      end.at(),
                      day,
                      end.run(),
                      end.exit(),
                      end.words().isEmpty() ? "" : ": " + end.words()));
      case Note.Closed closed ->
          Optional.of("%s: %s was over, with %d".formatted(closed.at(), day, closed.exit()));
    };
  }

  /** Reads no more. */
  @Override
  public void close() {
    reader.ifPresent(Thread::interrupt);
  }
}
