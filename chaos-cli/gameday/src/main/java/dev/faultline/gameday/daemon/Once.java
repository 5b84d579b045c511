package dev.faultline.gameday.daemon;

import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.file.Day;
import dev.faultline.judge.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A game day that somebody runs now. All of it happens in the thread that calls {@link #run};
 * {@link #stop} may be called from any.
 */
public final class Once {

  private final InstantSource clock;
  private final Firing firing;
  private final Runner runner;
  private final Parts.Teller teller;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  /** The runs of a game day, from now on. */
  public Once(Day day, InstantSource clock, Runner runner, Parts.Teller teller) {
    Instant now = clock.instant();
    this.clock = clock;
    Instant planned = now.truncatedTo(ChronoUnit.SECONDS);
    this.firing =
        Firing.of(
            day,
            new Note.Begun(
                day.name(),
                planned,
                RunIds.of(day.name(), planned, day.loaded().runs().size()),
                now));
    this.runner = runner;
    this.teller = teller;
  }

  /** Withdraws the faults of what is on; nothing more begins. */
  public void stop() {
    signals.add(new Signal.Stop(true));
  }

  /** What is to be begun: nobody else may begin it. */
  public Note.Begun begun() {
    return firing.begun();
  }

  /** Goes on until all runs are over; gives the exit code of the weightiest. */
  public int run() throws InterruptedException {
    tell(firing.begun());
    begin();
    while (!firing.over()) {
      switch (signals.take()) {
        case Signal.RunEnded ended -> {
          tell(ended.run(), ended.end());
          firing.ended(ended.run(), ended.end().exit());
          begin();
        }
        case Signal.Stop _ -> {
          firing.end();
          firing.on().forEach(runner::stop);
        }
        case Signal.Wake _, Signal.Look _, Signal.Orphaned _, Signal.Disowned _ -> {}
      }
    }
    Note.Begun begun = firing.begun();
    tell(new Note.Closed(begun.gameDay(), begun.planned(), firing.exit(), clock.instant()));
    return firing.exit();
  }

  private void begin() {
    for (Optional<Firing.Due> due = firing.next(); due.isPresent(); due = firing.next()) {
      String run = due.get().run();
      try {
        var _ =
            runner
                .begin(run, due.get().file())
                .thenAccept(
                    end ->
                        signals.add(
                            new Signal.RunEnded(
                                firing.begun().gameDay(), firing.begun().planned(), run, end)));
      } catch (IOException impossible) {
        int exit = Outcome.INTERNAL_ERROR.exitCode();
        tell(run, new Runner.End(exit, String.valueOf(impossible.getMessage())));
        firing.ended(run, exit);
      }
    }
  }

  private void tell(String run, Runner.End end) {
    Note.Begun begun = firing.begun();
    tell(
        new Note.Ended(
            begun.gameDay(), begun.planned(), run, end.exit(), end.words(), clock.instant()));
  }

  private void tell(Note note) {
    teller.tell(note, firing.day());
  }
}
