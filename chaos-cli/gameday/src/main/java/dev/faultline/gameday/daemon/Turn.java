package dev.faultline.gameday.daemon;

import dev.faultline.gameday.course.Book;
import dev.faultline.gameday.course.Claim;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.OutOfReach;
import dev.faultline.gameday.file.Day;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Whose turn it is to begin a game day by hand, where other schedulers may have it on. One that
 * queues waits for the end of what is on, as long as a queued occasion of this moment would. {@link
 * #await} is for one thread; the others may be called from any.
 */
public final class Turn implements Hearer {

  private final Day day;
  private final InstantSource clock;
  private final Rules rules;
  private final Supplier<Once> anew;
  private final Semaphore looks = new Semaphore(0);
  private Optional<Once> unsure = Optional.empty();
  private Optional<Once> mine = Optional.empty();
  private boolean stopped;

  /** How it is asked for. */
  public interface Rules {

    /**
     * Why nothing may begin now; empty where it may.
     *
     * @throws OutOfReach when that cannot be told now
     */
    Optional<String> closed() throws IOException;

    /**
     * Claims an occasion; once more for the same one, where the answer was lost.
     *
     * @throws OutOfReach when it is not known whether that was done
     */
    Claim claim(Note.Begun begun) throws IOException;
  }

  /** What came of it. */
  public sealed interface Found {

    /** It may be run now, by this one alone. */
    record Mine(Once once) implements Found {}

    /** It was stopped before anything began. */
    record Stopped() implements Found {}

    /**
     * Nothing may begin now.
     *
     * @param why in a sentence without its end
     */
    record Closed(String why) implements Found {}

    /**
     * It is on, and was not waited for, or for too long.
     *
     * @param why in a sentence without its end
     */
    record Busy(String why) implements Found {}

    /**
     * It may not be begun here.
     *
     * @param why in a sentence without its end
     */
    record Refused(String why) implements Found {}
  }

  /**
   * A turn of a game day.
   *
   * @param anew gives its runs, as from that moment on
   */
  public Turn(Day day, InstantSource clock, Rules rules, Supplier<Once> anew) {
    this.day = day;
    this.clock = clock;
    this.rules = rules;
    this.anew = anew;
  }

  /**
   * Asks, and waits where that is what the game day says.
   *
   * @param says hears once what is waited for, and until when
   * @throws OutOfReach when the first answer cannot be had; a later one is waited for
   */
  public Found await(Consumer<String> says) throws IOException, InterruptedException {
    Optional<Instant> until = day.agenda().queuedUntil(clock.instant());
    Found found = ask();
    if (until.isEmpty() || !(found instanceof Found.Busy busy)) {
      return found;
    }
    says.accept(
        "%s: %s; waiting for its end, until %s at the latest"
            .formatted(day.name(), busy.why(), until.get()));
    return waited(until.get(), busy);
  }

  private Found waited(Instant until, Found.Busy first) throws IOException, InterruptedException {
    Found.Busy busy = first;
    while (!isStopped()) {
      Instant now = clock.instant();
      if (now.isAfter(until)) {
        return new Found.Busy("%s, and has not ended until %s".formatted(busy.why(), until));
      }
      long millis = Duration.between(now, until).toMillis() + 1;
      if (looks.tryAcquire(millis, TimeUnit.MILLISECONDS) && !isStopped()) {
        Found found = askAgain(busy);
        if (!(found instanceof Found.Busy still)) {
          return found;
        }
        busy = still;
      }
    }
    return new Found.Stopped();
  }

  private Found askAgain(Found.Busy before) throws IOException {
    try {
      return ask();
    } catch (OutOfReach later) {
      // Whoever asks has said so; each look asks again.
      return before;
    }
  }

  private Found ask() throws IOException {
    Optional<String> closed = rules.closed();
    if (closed.isPresent()) {
      return new Found.Closed(closed.get());
    }
    // It is the same one until an answer is there, as a claim may have been kept all the same.
    Once once = unsure.orElseGet(anew);
    unsure = Optional.of(once);
    Claim claim = rules.claim(once.begun());
    unsure = Optional.empty();
    return switch (claim) {
      case Claim.Mine _ -> mine(once);
      case Claim.On on -> new Found.Busy(on.why());
      case Claim.Refused refused -> new Found.Refused(refused.why());
    };
  }

  private synchronized Found mine(Once once) {
    mine = Optional.of(once);
    if (stopped) {
      once.stop();
    }
    return new Found.Mine(once);
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /** Waits no more; what is on withdraws its faults, and nothing more begins. */
  public synchronized void stop() {
    stopped = true;
    mine.ifPresent(Once::stop);
    looks.release();
  }

  /** It may have ended. */
  @Override
  public void look() {
    looks.release();
  }

  /** Nothing is looked after but what is begun here. */
  @Override
  public void orphaned(Book.Orphan orphan) {}

  /** What waits has nothing that others could have taken. */
  @Override
  public synchronized void disowned() {
    mine.ifPresent(Once::stop);
  }
}
