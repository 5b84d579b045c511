package dev.faultline.app;

import dev.faultline.reports.StageFormat;
import dev.faultline.reports.StageSummary;
import dev.faultline.reports.stage.Stage;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The documents of a stage in a folder, and a folder below it for each run. */
final class StageFiles {

  private final Path folder;
  private final Set<String> taken = new HashSet<>();

  StageFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder, and takes away what an earlier stage said in it: a build that ends in between
   * must not find good news of another.
   *
   * @throws UsageError when nothing can be written there
   */
  void require() throws UsageError, IOException {
    new ReportFiles(folder).require();
    for (StageFormat format : StageFormat.all()) {
      Files.deleteIfExists(folder.resolve(format.fileName()));
    }
  }

  /** The name of a folder for the reports of a run, which no other run of the stage has. */
  String name(String experiment) {
    String name = experiment;
    for (int twin = 2; !taken.add(name); twin++) {
      name = experiment + "-" + twin;
    }
    return name;
  }

  ReportFiles reports(String name) {
    return new ReportFiles(folder.resolve(name));
  }

  void write(Stage stage) throws IOException {
    for (StageFormat format : StageFormat.all()) {
      // Not private, as a user's own reports are: build servers read them as somebody else.
      try (Writer writer = Files.newBufferedWriter(folder.resolve(format.fileName()))) {
        format.write(stage, writer);
      }
    }
  }

  Path summary() {
    return folder.resolve(new StageSummary().fileName());
  }
}
