package dev.faultline.benchmarks.journal;

import dev.faultline.benchmarks.Spent;
import dev.faultline.benchmarks.Spread;
import dev.faultline.engine.journal.Journal;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.environment.lives.Folders;
import dev.faultline.model.event.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prints how fast a journal is written, and how long the reports of an hour take. */
public final class JournalTable {

  private static final int WARM = 2;

  private final String faultline;
  private final int passes;
  private final Path state;
  private final List<Entry> hour = HourLongRun.entries();

  private JournalTable(String faultline, int passes, Path state) {
    this.faultline = faultline;
    this.passes = passes;
    this.state = state;
  }

  /**
   * Measures.
   *
   * @param args the command {@code faultline}, how often
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path state = Files.createTempDirectory("faultline-journal");
    try {
      JournalTable table = new JournalTable(args[0], Integer.parseInt(args[1]), state);
      table.writing();
      table.reporting();
    } finally {
      Folders.remove(state);
    }
  }

  private void writing() throws IOException {
    RunStore safe = new RunStore(state.resolve("safe"));
    RunStore unsafe = new RunStore(state.resolve("unsafe"), Unforced::new);
    List<Entry> changes = hour.stream().filter(entry -> entry.event().changesState()).toList();
    System.out.println("| written | events | events/s: least, median, most |");
    System.out.println("|---|---|---|");
    print("an hour, as a run writes it: fsync after each change of state", safe, hour);
    print("an hour, without fsync", unsafe, hour);
    print("its changes of state alone, each with its fsync", safe, changes);
  }

  private void print(String what, RunStore store, List<Entry> entries) throws IOException {
    long[] rates = new long[passes];
    for (int pass = -WARM; pass < passes; pass++) {
      long began = System.nanoTime();
      write(store, entries);
      double seconds = (System.nanoTime() - began) / 1e9;
      if (pass >= 0) {
        rates[pass] = Math.round(entries.size() / seconds);
      }
    }
    System.out.printf("| %s | %d | %s |%n", what, entries.size(), Spread.of(rates));
  }

  private static RunFolder write(RunStore store, List<Entry> entries) throws IOException {
    RunFolder run = store.create("hour", HourLongRun.BEGAN);
    try (Journal journal = store.startJournal(run)) {
      for (Entry entry : entries) {
        journal.append(entry);
      }
    }
    return run;
  }

  private void reporting() throws IOException, InterruptedException {
    RunFolder run = write(new RunStore(state.resolve("faultline")), hour);
    List<Spent> all = new ArrayList<>();
    for (int pass = -WARM; pass < passes; pass++) {
      ProcessBuilder report =
          new ProcessBuilder(faultline, "report", run.id())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      report.environment().put("XDG_STATE_HOME", state.toString());
      Spent spent = Spent.by(report);
      if (pass >= 0) {
        all.add(spent);
      }
    }
    System.out.println();
    System.out.println("| | wall ms: least, median, most | processor ms |");
    System.out.println("|---|---|---|");
    System.out.printf(
        "| `faultline report`: all formats of this hour, a journal of %d KiB | %s | %s |%n",
        Files.size(run.journal()) / 1024,
        Spread.millis(all.stream().map(Spent::wall)),
        Spread.millis(all.stream().map(Spent::processor)));
  }
}
