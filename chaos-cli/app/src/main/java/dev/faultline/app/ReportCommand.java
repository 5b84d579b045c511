package dev.faultline.app;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Renders the reports of a run again, from its journal alone. */
@Command(
    name = "report",
    description = "Renders the reports of a run again, from its journal alone.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline report crashed-payments --format report.md",
      "%nExit codes:",
      "  0 rendered   2 no such run or format   5 the reports cannot be written"
    })
final class ReportCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "RUN",
      description = "Id of a run, a part of it, or a folder with its journal.")
  private String run = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes every format here. Default: the folder of the run.")
  private @Nullable Path out;

  @Option(
      names = "--format",
      paramLabel = "FILE",
      description = "Prints one format instead: report.html, report.md, report.json or junit.xml.")
  private @Nullable String format;

  private final Console console;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, UsageError {
    Recorded recorded = Recorded.of(console, run);
    RunSummary summary = recorded.summary();
    if (format != null) {
      print(summary, format);
    } else {
      Path where = out == null ? recorded.folder().path() : out;
      ReportFiles files = new ReportFiles(where);
      files.require();
      files.write(summary);
      console.err().line("The reports are in " + where);
    }
    return 0;
  }

  private void print(RunSummary summary, String wanted) throws IOException, UsageError {
    for (Format known : Format.all()) {
      if (known.fileName().equals(wanted)) {
        PrintWriter writer = new PrintWriter(console.out().stream(), false, StandardCharsets.UTF_8);
        known.write(summary, writer);
        writer.flush();
        return;
      }
    }
    throw new UsageError(
        "no format is called " + wanted,
        "",
        "known are " + String.join(", ", Format.all().stream().map(Format::fileName).toList()));
  }
}
