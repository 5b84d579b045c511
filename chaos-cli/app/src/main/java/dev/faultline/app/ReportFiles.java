package dev.faultline.app;

import dev.faultline.engine.journal.RunFolder;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.Format;
import dev.faultline.reports.facts.Facts;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The reports of a run in a folder, readable by the user alone. */
record ReportFiles(Path folder) {

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * Makes the folder and tries it, so that no run is made whose reports have no place.
   *
   * @throws UsageError when nothing can be written there
   */
  void require() throws UsageError {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".faultline", ""));
    } catch (IOException unfit) {
      throw new UsageError(
          "reports cannot be written to %s; nothing was run".formatted(folder),
          Failures.words(unfit),
          "name a folder of yours with --out, or leave it out");
    }
  }

  void write(RunSummary run) throws IOException {
    Files.createDirectories(folder);
    Facts facts = Facts.of(run);
    for (Format format : Format.all()) {
      try (Writer writer = Files.newBufferedWriter(emptied(folder.resolve(format.fileName())))) {
        format.write(facts, writer);
      }
    }
  }

  void copyJournal(RunFolder run) throws IOException {
    Files.copy(
        run.journal(),
        emptied(folder.resolve("journal.jsonl")),
        StandardCopyOption.REPLACE_EXISTING);
  }

  Path page() {
    return folder.resolve("report.html");
  }

  private static Path emptied(Path file) throws IOException {
    Files.deleteIfExists(file);
    return Files.createFile(file, PRIVATE);
  }
}
