package dev.faultline.serve.live;

import dev.faultline.engine.journal.JournalTail;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.serve.page.Pages;
import dev.faultline.serve.page.RunPage;
import dev.faultline.serve.page.Screen;
import dev.faultline.serve.runs.Brief;
import dev.faultline.serve.runs.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Follows the journal of a run. What is quick to find is shown at once, drawings once a second; a
 * long run that takes long to go through is gone through less often, so that its viewers take a
 * fourth of a processor at most.
 */
public final class RunSource implements Source {

  private static final int REST = 4;

  private final RunFolder folder;
  private final Supplier<Optional<Brief>> known;
  private final Pages pages;
  private final JournalTail tail;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, String> parts = new LinkedHashMap<>();
  private final Pace quick = new Pace(Duration.ofMillis(80));
  private final Pace drawn = new Pace(Duration.ofSeconds(1));
  private Optional<Brief.Stage> stage = Optional.empty();

  /** When something may be done again, by how long it took. */
  private static final class Pace {
    private final long least;
    private long next = System.nanoTime();
    private boolean wanted;

    Pace(Duration least) {
      this.least = least.toNanos();
    }

    boolean isDue() {
      return wanted && System.nanoTime() - next >= 0;
    }

    void took(long nanos) {
      wanted = false;
      next = System.nanoTime() + Math.max(least, REST * nanos);
    }
  }

  /**
   * Follows a run.
   *
   * @param known what is known of it otherwise: whether somebody holds it
   */
  public RunSource(RunFolder folder, Supplier<Optional<Brief>> known, Pages pages) {
    this.folder = folder;
    this.known = known;
    this.pages = pages;
    this.tail = new JournalTail(folder.journal());
  }

  @Override
  public Optional<Shown> look() throws IOException {
    if (Files.exists(folder.journal()) && Files.size(folder.journal()) > Told.LARGEST) {
      throw new IOException("the journal is too large");
    }
    List<Entry> fresh = tail.next();
    entries.addAll(fresh);
    Optional<Brief.Stage> now = known.get().map(Brief::stage);
    if (!fresh.isEmpty() || !now.equals(stage)) {
      quick.wanted = true;
      drawn.wanted = true;
      stage = now;
    }
    boolean begun = !entries.isEmpty() && entries.getFirst().event() instanceof Event.RunStarted;
    boolean ended = begun && entries.getLast().event() instanceof Event.Concluded;
    if (!begun || !(quick.isDue() || drawn.isDue() || (ended && quick.wanted))) {
      return Optional.empty();
    }
    return Optional.of(shown(ended));
  }

  private Shown shown(boolean ended) {
    long began = System.nanoTime();
    RunSummary run = RunSummary.of(entries);
    boolean over = ended || stage.equals(Optional.of(Brief.Stage.DIED));
    Brief brief =
        over
            ? Brief.over(folder.id(), new Told.Run(run, tail.whole()))
            : Brief.on(folder.id(), run, tail.whole());
    boolean draws = drawn.isDue() || ended || parts.isEmpty();
    Screen screen = draws ? RunPage.of(brief, run) : RunPage.quick(brief, run);
    parts.putAll(pages.parts(screen, RunPage.QUICK));
    quick.took(System.nanoTime() - began);
    if (draws) {
      parts.putAll(pages.parts(screen, RunPage.DRAWN));
      drawn.took(System.nanoTime() - began);
    }
    return new Shown(parts, screen.said(), ended);
  }
}
