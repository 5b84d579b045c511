package dev.faultline.serve.runs;

import dev.faultline.engine.journal.JournalContent;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary;
import java.io.IOException;
import java.nio.file.Files;

/** What a journal tells. Whatever stands in it, it is told or said to be unreadable. */
public sealed interface Told {

  /**
   * A run.
   *
   * @param summary what its events amount to
   * @param whole whether the journal can be trusted to its end
   */
  record Run(RunSummary summary, boolean whole) implements Told {}

  /**
   * Nothing.
   *
   * @param why as a sentence without its end
   */
  record Nothing(String why) implements Told {}

  /** A journal of hours; more would crowd out all other runs. */
  long LARGEST = 64L << 20;

  /** Reads the journal of a run; never throws for what stands in it. */
  static Told of(RunFolder run) {
    try {
      if (!Files.exists(run.journal())) {
        return new Nothing(
            "it has no journal: it died before its first event, or is about to begin");
      }
      if (Files.size(run.journal()) > LARGEST) {
        return new Nothing(
            "its journal is larger than %d MiB; 'faultline report %s' reads it"
                .formatted(LARGEST >> 20, run.id()));
      }
      return of(run.read());
    } catch (IOException unreadable) {
      return new Nothing("its journal cannot be read: " + unreadable.getMessage());
    } catch (RuntimeException | StackOverflowError senseless) {
      return new Nothing("its journal makes no sense: " + senseless);
    }
  }

  private static Told of(JournalContent content) {
    boolean begins =
        !content.entries().isEmpty()
            && content.entries().getFirst().event() instanceof Event.RunStarted;
    return begins
        ? new Run(RunSummary.of(content.entries()), content.whole())
        : new Nothing(
            content.whole()
                ? "its journal is empty"
                : "its journal was altered, or is of a newer Faultline, from its first line on");
  }
}
