package dev.faultline.app;

import dev.faultline.engine.journal.RunFolder;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.Format;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes the reports of a run, readable by the user alone. */
final class ReportFiles {

  private final Path folder;

  ReportFiles(Path folder) {
    this.folder = folder;
  }

  void write(RunSummary run) throws IOException {
    Files.createDirectories(folder);
    for (Format format : Format.all()) {
      Path file = emptied(folder.resolve(format.fileName()));
      try (Writer writer = Files.newBufferedWriter(file)) {
        format.write(run, writer);
      }
    }
  }

  private static Path emptied(Path file) throws IOException {
    Files.deleteIfExists(file);
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  static void copyJournal(RunFolder run, Path folder) throws IOException {
    Files.copy(
        run.journal(),
        emptied(folder.resolve("journal.jsonl")),
        StandardCopyOption.REPLACE_EXISTING);
  }
}
