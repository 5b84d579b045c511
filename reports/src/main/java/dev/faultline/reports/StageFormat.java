package dev.faultline.reports;

import dev.faultline.reports.stage.Stage;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * A kind of document about several runs before one release. The same stage gives the same
 * characters. Text that comes from files or from the system under test is shown, and never
 * interpreted.
 */
public sealed interface StageFormat permits StageSummary, StageJunit, SarifReport, CodeQuality {

  /** What the file is called. */
  String fileName();

  /** Writes the whole document; leaves the writer open. */
  void write(Stage stage, Writer out) throws IOException;

  /** Every format. Thread-safe. */
  static List<StageFormat> all() {
    return List.of(new StageSummary(), new StageJunit(), new SarifReport(), new CodeQuality());
  }
}
