package dev.faultline.reports;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.facts.Facts;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * A kind of document about a run. The same run gives the same characters, whatever the machine, its
 * clock, its language or its time zone; a run that ended at any point can be written. Text that
 * comes from files or from the system under test is shown, and never interpreted.
 */
public sealed interface Format permits HtmlReport, MarkdownReport, JsonReport, JunitReport {

  /** What the file is called by default. */
  String fileName();

  /** Writes the whole document; leaves the writer open. */
  default void write(RunSummary run, Writer out) throws IOException {
    write(Facts.of(run), out);
  }

  /** The same from facts, which several formats can share: to find them takes longest. */
  void write(Facts facts, Writer out) throws IOException;

  /** Every format. Thread-safe. */
  static List<Format> all() {
    return List.of(new HtmlReport(), new MarkdownReport(), new JsonReport(), new JunitReport());
  }
}
