package dev.faultline.app;

import dev.faultline.reports.GithubAnnotations;
import dev.faultline.reports.GithubSummary;
import dev.faultline.reports.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * The step of a GitHub workflow that this process is. GitHub takes lines of the output for
 * commands: from the beginning to {@link #tell} it is told to take none, for what is printed then
 * has texts of files and of the system under test in it.
 */
final class GithubStep implements AutoCloseable {

  private final Console console;
  // Nobody who writes those texts can know it.
  private final String token = UUID.randomUUID().toString();
  private boolean deaf;

  private GithubStep(Console console) {
    this.console = console;
  }

  /** The step, where there is one. */
  static Optional<GithubStep> of(Console console) {
    if (!"true".equals(console.env().get("GITHUB_ACTIONS"))) {
      return Optional.empty();
    }
    GithubStep step = new GithubStep(console);
    console.out().line("::stop-commands::" + step.token);
    step.deaf = true;
    return Optional.of(step);
  }

  /** Annotates the files, and adds the summary to the page of the run. */
  void tell(Stage stage, Path summary) throws IOException {
    close();
    GithubAnnotations.of(stage).forEach(console.out()::line);
    String page = console.env().getOrDefault("GITHUB_STEP_SUMMARY", "");
    if (!page.isBlank()) {
      Path file = Path.of(page);
      long used = Files.exists(file) ? Files.size(file) : 0;
      Files.writeString(
          file,
          GithubSummary.fitted(Files.readString(summary), GithubSummary.MOST - used),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  /** GitHub listens again. */
  @Override
  public void close() {
    if (deaf) {
      console.out().line("::" + token + "::");
      deaf = false;
    }
  }
}
